import { realpathSync } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assetsFolder, resolvePath } from '../../door/paths.ts';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import type { Problem } from '../../yaml/index.ts';
import type { AddCommand } from '../program.ts';
import type { Terminal } from '../terminal.ts';

/** `lint`: checks assertions and mesh definitions. */
export const addLint: AddCommand = (program, { terminal }, end) => {
  program
    .command('lint')
    .description('check assertions, fixtures and mesh definitions')
    .argument('[PATH...]', "files or folders (default: this program's own)")
    .addHelpText('after', '\nWhat lies in traffic-*/ or fixtures/ is a part of a suite, or is added to one where there is no suite.yaml beside; every other file is a mesh definition.\nExit status: 0 no problem, 2 problems: file:line:column, JSON pointer, what is wrong.')
    .action(async (paths: string[]) => end(await lint(paths, terminal)));
};

async function lint(paths: string[], terminal: Terminal): Promise<number> {
  const { describeProblem } = await import('../../yaml/index.ts');
  const own = assetsFolder();
  const given = paths.length > 0 ? paths.map((path) => resolvePath(path, terminal)) : [join(own, 'assertions'), join(own, 'meshes')];
  const problems: Problem[] = [];
  for (const path of given) problems.push(...(await problemsIn(path, join(own, 'assertions'), join(own, 'meshes'))));
  for (const problem of problems) terminal.out(describeProblem(problem));
  terminal.tell(problems.length === 0 ? `No problems in ${given.join(', ')}.` : `${problems.length} problem${problems.length === 1 ? '' : 's'}.`);
  return problems.length === 0 ? 0 : 2;
}

async function problemsIn(path: string, suite: string, meshes: string): Promise<Problem[]> {
  const [{ lintAdded, lintSuite }, { lintDefinitions, loadDefinitions }] = await Promise.all([import('../../suite/index.ts'), import('../../mesh/index.ts')]);
  const names = await entriesOf(path);
  if (names?.includes('suite.yaml')) return lintSuite(path);
  if (names?.some(isRoom)) return lintAdded(suite, path);
  const parts = names === undefined ? [path] : names.filter((name) => name.endsWith('.yaml')).map((name) => join(path, name));
  const room = names === undefined ? dirname(path) : path;
  if (!isRoom(room)) {
    if (names !== undefined && isSame(path, meshes)) return lintDefinitions(path);
    // A user's own may extend one of ours, and has any name.
    const known = await loadDefinitions(meshes);
    return (await Promise.all(names !== undefined && parts.length === 0 ? [lintDefinitions(path)] : parts.map((part) => lintDefinitions(part, known)))).flat();
  }
  const folder = dirname(room);
  // Assertions that lie in no suite are checked as if they were added to ours.
  return (await isThere(join(folder, 'suite.yaml'))) ? lintSuite(folder, parts) : lintAdded(suite, folder, parts);
}

function isSame(path: string, folder: string): boolean {
  return realpathSync(path) === realpathSync(folder);
}

function isRoom(path: string): boolean {
  return /(?:^|[\\/])(?:traffic-[a-z]+|fixtures)$/.test(path);
}

/** The names in a folder; undefined for a file. */
async function entriesOf(path: string): Promise<string[] | undefined> {
  try {
    return (await stat(path)).isDirectory() ? await readdir(path) : undefined;
  } catch (error) {
    throw new ConformanceError('BAD_INPUT', `${path} cannot be read: ${messageOf(error)}. Name a file or a folder that is there.`, { cause: error });
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
