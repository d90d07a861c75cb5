import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { bundle } from './bundle.ts';
import { licences } from './licences.ts';

/** All files of `dist/`, by their path in it. */
export async function distOf(root: string): Promise<Map<string, Uint8Array>> {
  const bundled = await bundle(root);
  return new Map([...bundled.files, ['licenses.txt', Buffer.from(licences(root, bundled))]].sort(([a], [b]) => (a < b ? -1 : 1)) as [string, Uint8Array][]);
}

/** Writes the files into a folder that holds nothing else afterwards. */
export async function writeDist(folder: string, files: Map<string, Uint8Array>): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [path, contents] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, contents);
  }
  await chmod(join(folder, 'cli.js'), 0o755);
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  const files = await distOf(root);
  await writeDist(join(root, 'dist'), files);
  const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  for (const [path, { length }] of files) console.log(`${String(length).padStart(8)}  dist/${path}`);
  console.log(`${String(total).padStart(8)}  bytes in ${files.size} files`);
}
