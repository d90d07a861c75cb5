import { embeddedRun, type RunFigures } from './run.ts';

/** The embedded run of the whole suite with that many assertions at once. */
export interface AtOnce {
  concurrency: number;
  run: RunFigures;
}

/** Runs the suite with one assertion at once, and then with twice as many until it is the most that is allowed. */
export async function overConcurrency(root: string): Promise<AtOnce[]> {
  const runs: AtOnce[] = [];
  for (const concurrency of [1, 2, 4, 8, 16]) runs.push({ concurrency, run: await embeddedRun(root, '--concurrency', String(concurrency)) });
  return runs;
}

/** What had another verdict than with one at once; nothing should. */
export function differing([first, ...others]: readonly AtOnce[]): string[] {
  return others.flatMap(({ concurrency, run: { verdicts } }) =>
    [...(first?.run.verdicts ?? [])].flatMap(([id, verdict]) => (verdicts.get(id) === verdict ? [] : [`${id}: ${verdict} with 1 at once, ${verdicts.get(id) ?? 'absent'} with ${concurrency}`])),
  );
}

/** A chart that Markdown viewers draw. */
export function plotOf(runs: readonly AtOnce[]): string {
  return [
    '```mermaid',
    'xychart-beta',
    '  title "Embedded run of the whole suite"',
    `  x-axis "assertions at once" [${runs.map(({ concurrency }) => concurrency).join(', ')}]`,
    '  y-axis "seconds" 0 --> ' + String(Math.ceil(Math.max(...runs.map(({ run }) => run.wallMs)) / 20_000) * 20),
    `  line [${runs.map(({ run }) => (run.wallMs / 1_000).toFixed(1)).join(', ')}]`,
    '```',
  ].join('\n');
}
