import { existsSync } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { sha256Of } from './checksum.ts';
import type { Build, ToolName } from './pins.ts';
import { type Place, TaskError } from './task.ts';

/** Other actions keep tools of these names in the same cache, laid out differently: none must find, or overwrite, those of another. */
const cacheName = (name: ToolName): string => `smi-conformance-${name}`;

/** A tool that was stored before; undefined where there is none. One that is no longer what was stored is given up. */
export async function fromCache(name: ToolName, { version, platform, sha256, member }: Build, place: Place): Promise<string | undefined> {
  // Where the package finds it, too; that takes a thread, and this is asked in every run.
  const folder = join(place.cacheDirectory, cacheName(name), version, platform);
  if (!existsSync(`${folder}.complete`)) return undefined;
  const path = join(folder, name);
  // Of an archive, the lock file's checksum is not the program's.
  if (await isWhole(path, member === undefined ? sha256 : undefined)) return path;
  await rm(`${folder}.complete`, { force: true });
  return undefined;
}

async function isWhole(path: string, pinned: string | undefined): Promise<boolean> {
  try {
    const expected = pinned ?? (await readFile(`${path}.sha256`, 'utf8')).trim();
    return (await sha256Of(path)) === expected;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Stores a program that was downloaded and checked. Rejects with WRITE_FAILED. */
export async function intoCache(name: ToolName, { version, platform }: Build, program: string, place: Place): Promise<string> {
  const { toolCache } = await import('./tool-cache.ts');
  try {
    await chmod(program, 0o755);
    const folder = await toolCache({ do: 'store', file: program, name: cacheName(name), version, platform, target: name }, place);
    const path = join(folder, name);
    await writeFile(`${path}.sha256`, `${await sha256Of(program)}\n`);
    return path;
  } catch (error) {
    if (error instanceof ConformanceError) throw error;
    throw new ConformanceError('WRITE_FAILED', `${name} ${version} cannot be kept in ${place.cacheDirectory}: ${messageOf(error)}. Make room there, make it writable, or name another folder by the variable RUNNER_TOOL_CACHE.`, { cause: error instanceof TaskError ? error.failure : error });
  }
}
