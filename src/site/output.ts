import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { manifestName, type Manifest } from './manifest.ts';

/** The folder of the site, of which only what changed is written. */
export interface Output {
  /** Whether a file is there already, made from the same; it then stays. */
  keeps(path: string, key: string): boolean;
  /** Writes a file soon; `key` says what it was made from, its contents where absent. Waits where many are being written. */
  write(path: string, contents: string | Uint8Array, key?: string): Promise<void>;
  /** Takes back a file that was written. */
  drop(path: string): void;
  /** Waits until all is written, and removes what no build would make now. */
  finish(): Promise<{ written: number; removed: number }>;
  pages: Manifest['pages'];
}

const atOnce = 12;
/** For thousands of small files, half the work of the same from `node:fs/promises`, which makes a handle for each. */
const writeWhole = promisify(writeFile);

/** Rejects with BAD_INPUT where the folder holds something that no earlier build has made. */
export async function openOutput(directory: string, before: Manifest | undefined): Promise<Output> {
  const there = await filesIn(directory);
  if (before === undefined && there.size > 0) {
    throw new ConformanceError('BAD_INPUT', `The folder ${directory} is not empty, and holds no ${manifestName} of an earlier build: its files would be lost among the pages. Name a new folder, or one that was built before.`);
  }
  const pages: Manifest['pages'] = new Map();
  const writing = new Map<string, Promise<void>>();
  const made = new Set<string>();
  const dropped = new Set<string>();
  let written = 0;
  let failure: unknown;

  async function put(path: string, contents: string | Uint8Array): Promise<void> {
    const file = join(directory, path);
    const folder = dirname(file);
    if (!made.has(folder)) {
      await mkdir(folder, { recursive: true });
      made.add(folder);
    }
    await writeWhole(file, contents);
  }

  function keeps(path: string, key: string): boolean {
    const known = before?.pages.get(path);
    if (known?.[0] !== key || !there.has(path)) return false;
    pages.set(path, known);
    return true;
  }

  return {
    pages,
    keeps,
    async write(path, contents, key = digestOf(contents)) {
      if (failure !== undefined) throw writeFailed(directory, failure);
      if (keeps(path, key)) return;
      pages.set(path, [key, Buffer.byteLength(contents)]);
      dropped.delete(path);
      written++;
      await writing.get(path);
      writing.set(path, put(path, contents).catch((error: unknown) => {
        failure ??= error;
      }).finally(() => writing.delete(path)));
      if (writing.size >= atOnce) await Promise.race(writing.values());
    },
    drop(path) {
      if (pages.delete(path)) dropped.add(path);
    },
    async finish() {
      await Promise.all(writing.values());
      if (failure !== undefined) throw writeFailed(directory, failure);
      const stale = [...(before?.pages.keys() ?? [])].filter((path) => !pages.has(path) && there.has(path));
      for (const path of [...stale, ...dropped]) await rm(join(directory, path), { force: true });
      return { written, removed: stale.length };
    },
  };
}

/** Tells contents apart, also those that somebody made to be taken for each other. */
export function digestOf(contents: string | Uint8Array): string {
  return createHash('sha256').update(contents).digest('base64url');
}

export function writeFailed(directory: string, error: unknown): ConformanceError {
  return new ConformanceError('WRITE_FAILED', `The pages cannot be written to ${directory}: ${messageOf(error)}. Make room, or name another folder; what was built is kept for the next try.`, { cause: error });
}

async function filesIn(directory: string): Promise<Set<string>> {
  try {
    if (!(await stat(directory)).isDirectory()) throw new ConformanceError('BAD_INPUT', `${directory} is no folder. Name a folder for the pages.`);
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return new Set(entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw error instanceof ConformanceError ? error : writeFailed(directory, error);
  }
}
