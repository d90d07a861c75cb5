import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { runsInBranch } from './runs-in-branch.ts';
import { runsInFolder } from './runs-in-folder.ts';
import { defaultBranch } from './remote.ts';

/** A file that belongs to a run. */
export interface BundleEntry {
  path: string;
  /** Bytes. */
  size: number;
  /** Tells whether the file is still the one that it was: another stamp, perhaps other contents; the same stamp, the same contents. */
  stamp: string;
  read(): Promise<Uint8Array>;
}

/** One run of a results branch: its report, which is not checked, and its bundle. */
export interface RunEntry extends BundleEntry {
  bundle?: BundleEntry;
}

export interface Runs extends AsyncDisposable {
  /** In the order of their paths. */
  entries: RunEntry[];
}

export interface RunsOptions {
  /** Of a bare repository; `smi-conformance` where absent. */
  branch?: string;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/** Lists the runs in a folder (a checkout of the results branch, or reports from anywhere), or in the branch of a bare repository. Rejects with BAD_INPUT where it is neither. */
export async function openRuns(source: string, { branch = defaultBranch, environment, signal }: RunsOptions): Promise<Runs> {
  if (!(await isThere(source, 'isDirectory'))) throw new ConformanceError('BAD_INPUT', `${source} is no folder. Name a checkout of the branch ${branch}, or a bare clone of the repository.`);
  const bare = (await isThere(join(source, 'HEAD'), 'isFile')) && (await isThere(join(source, 'objects'), 'isDirectory'));
  try {
    return bare ? await runsInBranch(source, branch, { environment, signal }) : { entries: await runsInFolder(source), [Symbol.asyncDispose]: async () => undefined };
  } catch (error) {
    if (error instanceof ConformanceError) throw error;
    throw new ConformanceError('BAD_INPUT', `The runs in ${source} cannot be listed: ${messageOf(error)}. Name a folder that can be read.`, { cause: error });
  }
}

/** The same, one run after the other; what a run is read with is closed when the last one was taken. */
export async function* readRuns(source: string, options: RunsOptions): AsyncGenerator<RunEntry, void, undefined> {
  await using runs = await openRuns(source, options);
  yield* runs.entries;
}

async function isThere(path: string, kind: 'isDirectory' | 'isFile'): Promise<boolean> {
  try {
    return (await stat(path))[kind]();
  } catch {
    // Not there, or not for this user: no kind of folder that could be read.
    return false;
  }
}
