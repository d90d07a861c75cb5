import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportName } from '../attest/index.ts';
import type { Delivery } from './deliver.ts';

/** Adds the result to the results branch, where one is named and it may count as the mesh's. */
export async function publishResult({ plan: { publishing }, report, directory, signal, log, delivered, say }: Delivery): Promise<void> {
  if (publishing === undefined) return;
  const { publish, refusalOf } = await import('../publish/index.ts');
  const refusal = refusalOf(report);
  if (refusal !== undefined) return say('info', `The result is not published: ${refusal}`);
  const { destination, branch, environment } = publishing;
  const { bundle } = delivered.files;
  const { path, added } = await publish({
    ...destination, branch, environment, signal, log,
    report: await readFile(join(directory, reportName)),
    ...(bundle === undefined ? {} : { bundle: await readFile(bundle) }),
  });
  delivered.published = path;
  say('info', `${added ? 'published' : 'was published before'}: ${path} in the branch ${branch}`);
}
