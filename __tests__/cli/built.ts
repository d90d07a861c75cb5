import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { distOf, writeDist } from '../../scripts/build.ts';

const root = join(import.meta.dirname, '../..');

/** The program as its users get it, built anew from the source into a folder of its own. */
export interface Built extends AsyncDisposable {
  main: string;
  post: string;
  cli: string;
}

export async function buildProgram(): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), 'smi-built-'));
  await writeDist(join(folder, 'dist'), await distOf(root));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const asset of ['action.yml', 'accounts', 'assertions', 'meshes']) await symlink(join(root, asset), join(folder, asset));
  const door = (name: string): string => join(folder, 'dist', name);
  return { main: door('main.js'), post: door('post.js'), cli: door('cli.js'), [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
