import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import meshSchema from '../../meshes/schema/mesh.schema.json' with { type: 'json' };
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import { BadFile, compileSchema, readChecked, type Checked, type Problem, type Validator } from '../yaml/index.ts';
import { completing } from './extend.ts';
import { sameName } from './names.ts';

const code = 'BAD_DEFINITION';

/** Reads one definition, such as a user's own, which may extend one of `known`. Rejects with BAD_DEFINITION, naming file, line and column of everything that is wrong with it. */
export async function loadDefinition(file: string, known: readonly MeshDefinition[] = []): Promise<MeshDefinition> {
  return (await read(file, known)).value;
}

/** Reads the definitions of a folder, in the order of their ids. Rejects with BAD_DEFINITION where one is wrong, or where two share a name. */
export async function loadDefinitions(directory: string): Promise<MeshDefinition[]> {
  const { definitions, problems } = await readFolder(directory);
  if (problems.length > 0) throw new BadFile(code, problems);
  return definitions;
}

/** Everything that is wrong with a definition, which may extend one of `known`, or with those of a folder. Rejects with BAD_DEFINITION only where there is nothing to read. */
export async function lintDefinitions(path: string, known: readonly MeshDefinition[] = []): Promise<Problem[]> {
  if (await isFolder(path)) return (await readFolder(path)).problems;
  return (await readOne(path, known)).problems;
}

interface Found {
  file: string;
  checked?: Checked<MeshDefinition>;
  problems: Problem[];
}

async function readFolder(directory: string): Promise<{ definitions: MeshDefinition[]; problems: Problem[] }> {
  const files = (await namesIn(directory)).filter((name) => name.endsWith('.yaml')).toSorted().map((name) => join(directory, name));
  if (files.length === 0) throw new ConformanceError(code, `${directory} has no mesh definitions: name a folder with files that end in .yaml`);
  const found = await Promise.all(files.map((file) => readOne(file, [])));
  const problems = found.flatMap((one) => [...one.problems, ...misnamed(one)]);
  return { definitions: found.flatMap(({ checked }) => checked?.value ?? []), problems: [...problems, ...sharedNames(found)] };
}

async function readOne(file: string, known: readonly MeshDefinition[]): Promise<Found> {
  try {
    return { file, checked: await read(file, known), problems: [] };
  } catch (error) {
    if (error instanceof BadFile) return { file, problems: [...error.problems] };
    throw error;
  }
}

function read(file: string, known: readonly MeshDefinition[]): Promise<Checked<MeshDefinition>> {
  return readChecked(file, validator(), code, completing(file, known));
}

/** Files of a folder are named after the mesh; a file of a user's own may have any name. */
function misnamed({ file, checked }: Found): Problem[] {
  const name = basename(file, '.yaml');
  if (checked === undefined || checked.value.id === name) return [];
  return [problem(file, checked, '/id', `the id is ${JSON.stringify(checked.value.id)}, and the file's name says ${JSON.stringify(name)}: they must be the same`)];
}

function sharedNames(found: Found[]): Problem[] {
  const owners = new Map<string, string>();
  return found.flatMap(({ file, checked }) => (checked === undefined ? [] : namesOf(checked.value).flatMap(({ name, pointer }) => {
    const owner = owners.get(sameName(name)) ?? file;
    owners.set(sameName(name), owner);
    return owner === file ? [] : [problem(file, checked, pointer, `the name ${JSON.stringify(name)} is taken by ${owner}`)];
  })));
}

/** Every name by which a mesh can be asked for, and where it is written. */
function namesOf({ id, name, aliases }: MeshDefinition): { name: string; pointer: string }[] {
  return [{ name: id, pointer: '/id' }, { name, pointer: '/name' }, ...aliases.map((alias, index) => ({ name: alias, pointer: `/aliases/${index}` }))];
}

function problem(file: string, checked: Checked<MeshDefinition>, pointer: string, message: string): Problem {
  return { file, ...checked.positionOf(pointer), pointer, message };
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    throw new ConformanceError(code, `${directory} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new ConformanceError(code, `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

let compiled: Validator<MeshDefinition> | undefined;
/** Compiled at first use: most commands read no definition. */
function validator(): Validator<MeshDefinition> {
  return (compiled ??= compileSchema<MeshDefinition>(meshSchema));
}
