import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute form of a path that a user wrote; `~/` is the home directory, as in a shell. */
export function resolvePath(path: string, from: { directory: string; home: string }): string {
  return path === '~' || path.startsWith('~/') ? join(from.home, path.slice(1)) : resolve(from.directory, path);
}

/** Whether a path is a folder or lies below it, symbolic links followed as far as the path exists. */
export function insideOf(path: string, folder: string): boolean {
  const way = relative(realOf(folder), realOf(path));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function realOf(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(realOf(parent), path.slice(parent.length));
}

/** The folder that holds `assertions/`, `meshes/` and `dist/`: the nearest above this module, built or not. */
export function assetsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!['action.yml', 'assertions', 'meshes'].every((name) => existsSync(join(folder, name)))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('action.yml, assertions/ and meshes/ are not beside the program: install it again, whole');
    folder = parent;
  }
  return folder;
}

/** Where journals of runs are kept, across runs: outlives a killed run, never a user's working folder. */
export function stateDirectory(environment: NodeJS.ProcessEnv, home: string): string {
  const chosen = environment['SMI_CONFORMANCE_STATE'];
  if (chosen) return resolve(chosen);
  return join(environment['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'smi-conformance');
}

/** Where is kept what can be fetched again. */
export function cacheFolder(environment: NodeJS.ProcessEnv, home: string): string {
  return join(environment['XDG_CACHE_HOME'] || join(home, '.cache'), 'smi-conformance');
}
