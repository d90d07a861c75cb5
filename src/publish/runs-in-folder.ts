import { readFile } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { bundlePathOf, isBundlePath } from './place.ts';
import type { BundleEntry, RunEntry } from './read-runs.ts';

/** Folders within each other; the branch has four. */
const deepest = 8;

/** Every report below a folder, by its path from there. Links are not followed: a branch that somebody else wrote must not lead out of its folder. */
export async function runsInFolder(folder: string): Promise<RunEntry[]> {
  const paths = await jsonBelow(folder, deepest);
  const files = new Map<string, BundleEntry>();
  for (let from = 0; from < paths.length; from += atOnce) {
    for (const entry of await Promise.all(paths.slice(from, from + atOnce).map((path) => entryOf(folder, path)))) files.set(entry.path, entry);
  }
  const entries = [...files.values()].filter(({ path }) => !isBundlePath(path)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return entries.map((entry) => {
    const bundle = files.get(bundlePathOf(entry.path));
    return bundle === undefined ? entry : { ...entry, bundle };
  });
}
const atOnce = 64;
/** For thousands of small files, half the work of the same from `node:fs/promises`, which makes a handle for each. */
const readWhole = promisify(readFile);

async function jsonBelow(folder: string, depth: number): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 0 && !entry.name.startsWith('.')) found.push(...(await jsonBelow(path, depth - 1)));
    if (entry.isFile() && entry.name.endsWith('.json')) found.push(path);
  }
  return found;
}

async function entryOf(folder: string, file: string): Promise<BundleEntry> {
  // The time of the last change of the inode cannot be set back, as that of the content can.
  const { size, ctimeNs, mtimeNs, ino } = await stat(file, { bigint: true });
  return { path: relative(folder, file).split(sep).join('/'), size: Number(size), stamp: `${size}-${mtimeNs}-${ctimeNs}-${ino}`, read: () => readWhole(file) };
}
