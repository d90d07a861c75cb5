import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { conceal } from './conceal.ts';

/** In bytes: of one file, and of all together. What is more is cut at the beginning of a file, since the end says how it ended. */
export interface Limits {
  file: number;
  all: number;
}

export const usualLimits: Limits = { file: 1024 ** 2, all: 16 * 1024 ** 2 };

/** A folder of files that stays small and has no secrets. */
export interface Files {
  /** Writes a file, unless all together would be too much. */
  write(name: string, text: string): Promise<void>;
  /** Paths of what was written. */
  written(): string[];
  /** How many files found no room. */
  leftOut(): number;
}

/** Begins with an empty folder: what an earlier run left in it is not this one's. */
export async function openFiles(directory: string, limits: Limits = usualLimits): Promise<Files> {
  await rm(directory, { recursive: true, force: true });
  const paths: string[] = [];
  let room = limits.all;
  let leftOut = 0;
  return {
    async write(name, text) {
      const bytes = endOf(Buffer.from(conceal(text)), limits.file);
      if (bytes.length > room) {
        leftOut += 1;
        return;
      }
      room -= bytes.length;
      const path = join(directory, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
      paths.push(path);
    },
    written: () => paths,
    leftOut: () => leftOut,
  };
}

/** Does the same to a folder that another program has written: secrets out, long files to their ends, and the largest removed where all together are too much. Returns how many were removed. */
export async function trimFolder(directory: string, limits: Limits): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const sized: { path: string; bytes: number }[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    sized.push({ path, bytes: Math.min((await stat(path)).size, limits.file) });
  }
  let room = limits.all;
  let removed = 0;
  for (const { path, bytes } of sized.toSorted((one, other) => one.bytes - other.bytes)) {
    if (bytes > room) {
      await rm(path);
      removed += 1;
      continue;
    }
    room -= bytes;
    await trimFile(path, limits.file);
  }
  return removed;
}

/** What is not text stays as it is. */
async function trimFile(path: string, limit: number): Promise<void> {
  const bytes = await tailOf(path, limit);
  const text = bytes.toString('utf8');
  const clean = conceal(text);
  if (clean !== text || (await stat(path)).size > bytes.length) await writeFile(path, endOf(Buffer.from(clean), limit));
}

async function tailOf(path: string, limit: number): Promise<Buffer> {
  const { size } = await stat(path);
  if (size <= limit) return readFile(path);
  await using file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(limit), 0, limit, size - limit);
  return wholeLines(buffer);
}

function endOf(bytes: Buffer, limit: number): Buffer {
  return bytes.length <= limit ? bytes : wholeLines(bytes.subarray(bytes.length - limit));
}

/** Without the piece of a line at its beginning. */
function wholeLines(bytes: Buffer): Buffer {
  const first = bytes.indexOf(0x0a);
  return first < 0 ? bytes : bytes.subarray(first + 1);
}
