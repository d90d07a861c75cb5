import type { Report } from '../model/report.ts';
import type { RunEntry } from '../publish/index.ts';
import type { Output } from './output.ts';
import { type Contents, contentsOf } from './read-ahead.ts';
import { runFiles, type RunFilesInput } from './run-files.ts';

export interface RunToWrite extends RunFilesInput {
  entry: RunEntry;
  contents?: Contents | { failed: string } | undefined;
  report?: Report | undefined;
}

/** Writes the page of a run, and what lies beside it, unless they are there. */
export async function writeRun({ entry, contents, report, ...input }: RunToWrite, output: Output): Promise<void> {
  const missing = runFiles(input).filter(({ path, key }) => !output.keeps(path, key));
  if (missing.length === 0) return;
  const read = contents !== undefined && 'report' in contents ? contents : await contentsOf(entry);
  const whole = report ?? (JSON.parse(Buffer.from(read.report).toString('utf8')) as Report);
  for (const { path, key, make } of missing) {
    const made = make(read, whole);
    if (made !== undefined) await output.write(path, made, key);
  }
}
