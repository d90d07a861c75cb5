import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { distOf } from './build.ts';

/** The files of a folder that are not what they should be, each with what is wrong; empty when it holds exactly these, byte for byte. */
export async function differencesOf(folder: string, expected: Map<string, Uint8Array>): Promise<string[]> {
  const present = await filesIn(folder);
  const wrong = [...expected].map(async ([path, contents]) => {
    if (!present.includes(path)) return [`${path} is missing`];
    return Buffer.compare(await readFile(join(folder, path)), contents) === 0 ? [] : [`${path} is not what the source builds`];
  });
  const surplus = present.filter((path) => !expected.has(path)).map((path) => `${path} is not built from anything`);
  return [...(await Promise.all(wrong)).flat(), ...surplus].sort();
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  const differences = await differencesOf(join(root, 'dist'), await distOf(root));
  for (const difference of differences) console.error(`dist/${difference}`);
  console.log(differences.length === 0 ? 'dist/ is what the source builds' : 'dist/ is not what the source builds: run `npm run build` and commit dist/');
  if (differences.length > 0) process.exitCode = 1;
}
