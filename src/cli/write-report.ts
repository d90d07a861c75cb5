import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConformanceError, messageOf } from '../model/errors.ts';

/** Writes a report to a file, and makes its folder. Rejects with WRITE_FAILED. */
export async function writeReport(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new ConformanceError('WRITE_FAILED', `the report cannot be written to ${path}: ${messageOf(error)}. Make the folder writable, or name another file with --output.`, { cause: error });
  }
}
