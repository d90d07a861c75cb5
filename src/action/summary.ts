import { appendFile, stat } from 'node:fs/promises';
import { messageOf } from '../model/errors.ts';
import type { Toolkit } from './toolkit.ts';

/** GitHub drops a step's whole summary when it is larger than this many bytes. */
export const summaryLimit = 1024 * 1024;

/** Appends the job summary. A summary is a courtesy: whatever keeps it from being written is a warning and never fails the run. */
export async function writeSummary(toolkit: Toolkit, file: string | undefined, text: string): Promise<void> {
  if (file === undefined) return;
  try {
    const bytes = Buffer.byteLength(text);
    const before = await sizeOf(file);
    if (before + bytes > summaryLimit) {
      toolkit.warning(`The job summary was left out: with ${bytes} bytes it would pass GitHub's limit of ${summaryLimit}. The report files hold everything.`);
      return;
    }
    await appendFile(file, text);
  } catch (error) {
    toolkit.warning(`The job summary could not be written to ${file}: ${messageOf(error)}. The report files hold everything.`);
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
