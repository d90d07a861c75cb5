import { closeSync, existsSync, fdatasyncSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectRef } from '../cluster/port.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { extension, type Header, journalFolder, type Note, type Reached, type RunRecord } from './format.ts';
import { lifeOf } from './life.ts';
import type { Made } from './made.ts';

/** `startedAt` and `pid` are now and this process where absent. `server` is absent where the run makes its cluster first: `reached` tells it later. */
export type NewRun = Pick<RunRecord, 'id'> & Partial<RunRecord>;

/** What a run is about to create, on disk before it does, so that whoever comes after a killed run can remove it. */
export interface Journal {
  readonly path: string;
  /** Notes an object; on return it is on disk. Throws WRITE_FAILED, upon which the object must not be created. */
  willCreate(ref: ObjectRef): void;
  /** The same of something that is not an object. It must not be made where this throws. */
  willMake(made: Made): void;
  /** It is gone again, entirely. Throws WRITE_FAILED. */
  unmade(made: Made): void;
  /** The cluster that the objects are created on, where that was not known from the beginning. Throws WRITE_FAILED. */
  reached(where: Reached): void;
  /** Everything is gone: removes the journal. */
  finished(): Promise<void>;
  /** Closes the file and keeps it, for a later clean-up. May be called again. */
  close(): void;
}

/** Opens the journal of a run, before it creates anything. Only the user can read it. Throws WRITE_FAILED. */
export function openJournal(stateDirectory: string, run: NewRun): Journal {
  if (!/^[\w-]+$/.test(run.id)) throw new TypeError(`"${run.id}" cannot be part of a file name`);
  const folder = journalFolder(stateDirectory);
  const path = join(folder, `${run.id}${extension}`);
  const { pid = process.pid, startedAt = new Date().toISOString() } = run;
  const header: Header = { journal: 1, server: '', ...run, startedAt, pid, life: lifeOf(pid) };
  const noted = new Set<string>();
  let file = guarded(path, () => create(folder, path, `${JSON.stringify(header)}\n`));

  const close = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };

  const append = (entry: ObjectRef | Note): void => {
    const line = `${JSON.stringify(entry)}\n`;
    const open = file;
    if (open === undefined) throw new TypeError(`the journal ${path} is closed`);
    if (noted.has(line)) return;
    guarded(path, () => {
      writeSync(open, line);
      fdatasyncSync(open);
    });
    if ('kind' in entry) noted.add(line);
  };

  return {
    path,
    willCreate: ({ apiVersion, kind, name, namespace }) => append({ apiVersion, kind, name, ...(namespace !== undefined && { namespace }) }),
    willMake: (made) => append({ make: made }),
    unmade: (made) => append({ unmade: made }),
    reached: (where) => append({ reached: where }),
    async finished() {
      close();
      guarded(path, () => rmSync(path, { force: true }));
    },
    close,
  };
}

/** The journal appears under its name when its header is on disk, so that nobody reads half of it. */
function create(folder: string, path: string, header: string): number | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (existsSync(path)) throw new Error('it exists already, of an earlier run');
  const draft = `${path}.new`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, header);
    fsyncSync(file);
    renameSync(draft, path);
    flushFolder(folder);
    return file;
  } catch (error) {
    closeSync(file);
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Makes the new name itself durable. Windows has no such call, and needs none. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function guarded<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new ConformanceError('WRITE_FAILED', `The journal ${path}, without which nothing is created, cannot be written: ${messageOf(error)}. Make its folder writable, or name another by the variable SMI_CONFORMANCE_STATE.`, { cause: error });
  }
}
