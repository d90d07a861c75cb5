import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ObjectRef } from '../cluster/port.ts';
import { extension, journalFolder, parseJournal, type RunRecord } from './format.ts';
import { stateOf } from './life.ts';
import type { Made } from './made.ts';

/** A run that ended without removing all that it made. */
export interface PastRun extends Omit<RunRecord, 'pid'> {
  /** False where not even the journal's beginning can be: nothing is known of the run but its id. */
  readable: boolean;
  /** Empty where the journal cannot be read, or the run never got as far as having a cluster. */
  server: string;
  /** In the order in which they were to be created; some may never have been, others be gone. */
  refs: ObjectRef[];
  /** What it made beside objects and is not known to have removed, in the order in which it was to be made. Remove it from the last to the first. */
  made: Made[];
  /** Of the journal. */
  path: string;
  /** Removes the journal: nothing of the run is left, or nothing can be reached any more. */
  forget(): Promise<void>;
}

/** A run of another machine or container, whose processes cannot be seen from here, is taken for dead when its journal is older: no run lasts so long. */
const longestRunMs = 6 * 3_600_000;

/** The journals of runs that are no longer alive, oldest first. */
export async function openRuns(stateDirectory: string): Promise<PastRun[]> {
  const folder = journalFolder(stateDirectory);
  const names = (await entriesOf(folder)).filter((name) => name.endsWith(extension));
  const runs = await Promise.all(names.map((name) => openRun(join(folder, name))));
  return runs.filter((run) => run !== undefined).sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

async function openRun(path: string): Promise<PastRun | undefined> {
  const found = await read(path);
  if (found === undefined) return undefined;
  const { header, refs, made } = parseJournal(found.text);
  const state = header === undefined ? 'elsewhere' : stateOf(header.pid, header.life);
  if (state === 'alive' || (state === 'elsewhere' && Date.now() - found.writtenMs < longestRunMs)) return undefined;
  const { id = basename(path, extension), server = '', startedAt = '', kubeconfig, context } = header ?? {};
  return {
    id,
    readable: header !== undefined,
    server,
    startedAt,
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
    refs,
    made,
    path,
    forget: () => rm(path, { force: true }),
  };
}

/** Undefined where the run has ended and removed it since the folder was listed. */
async function read(path: string): Promise<{ text: string; writtenMs: number } | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    return { text, writtenMs: mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
