import { rm } from 'node:fs/promises';
import { ConformanceError } from '../../model/errors.ts';
import { sha256Of } from '../../tools/checksum.ts';
import { TaskError, type TaskFailure } from '../../tools/task.ts';

const downloadMs = 300_000;

/** What getting something ready needs: a folder of the run's own, and the ways of its door. */
export interface Surroundings {
  /** A folder that only this run writes to; what is downloaded, and files with values, lie in it. */
  directory: string;
  log(line: string): void;
  signal: AbortSignal;
  /** This process's own where absent. */
  environment?: NodeJS.ProcessEnv;
}

/** Downloads a file into the run's folder. Rejects with TOOL_UNAVAILABLE, saying what could not be had, and with CANCELLED. */
export async function fetchFile(url: string, file: string, what: string, { directory, signal, environment = process.env }: Surroundings): Promise<string> {
  const { toolCache } = await import('../../tools/tool-cache.ts');
  try {
    await rm(file, { force: true });
    return await toolCache({ do: 'download', url, file }, { cacheDirectory: directory, temporary: directory, environment, signal, timeoutMs: downloadMs });
  } catch (error) {
    if (error instanceof TaskError) throw unavailable(error.failure, url, what, error);
    throw error;
  }
}

/** Throws WRONG_CHECKSUM, and removes the file, where it is not what was pinned or published. */
export async function requireSha256(file: string, expected: string, url: string): Promise<void> {
  const actual = await sha256Of(file);
  if (actual === expected.toLowerCase()) return;
  await rm(file, { force: true });
  throw new ConformanceError('WRONG_CHECKSUM', `what ${url} gave is not what was expected: its SHA-256 is ${actual}, and should be ${expected}. It was removed, and nothing was installed. Run again; if that does not help, the published file was replaced: do not use it before its makers explain it.`);
}

function unavailable({ message, status }: TaskFailure, url: string, what: string, cause: unknown): ConformanceError {
  if (status === 404 || status === 410) return new ConformanceError('TOOL_UNAVAILABLE', `${what} is not at ${url} (status ${status}): ask for a version that was published, or bring the file by a mesh_definition`, { cause });
  const why = status === undefined ? message : `it answered with status ${status}`;
  return new ConformanceError('TOOL_UNAVAILABLE', `${what} could not be downloaded from ${url}: ${why}. Let this machine reach ${new URL(url).host} (HTTPS_PROXY names a proxy), or bring the file by a mesh_definition.`, { cause });
}
