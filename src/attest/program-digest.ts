import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { sha256 } from './statement.ts';

/**
 * The digest of a folder of programs, in-toto's `dirHash`: the same as
 * `find . -type f | cut -c3- | LC_ALL=C sort | xargs -r sha256sum | sha256sum`.
 */
export async function programDigest(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const hash = createHash('sha256');
  for (const name of names.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))) {
    hash.update(`${sha256(await readFile(join(folder, name)))}  ${name}\n`);
  }
  return hash.digest('hex');
}
