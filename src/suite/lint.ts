import { realpath } from 'node:fs/promises';
import type { Assertion } from '../model/assertion.ts';
import type { Fixture } from '../model/fixture.ts';
import { nearest, type Problem } from '../yaml/index.ts';
import { type AddedFiles, type Catalogue, readCatalogue, type Source } from './catalogue.ts';
import { arrival } from './rules/arrival.ts';
import { expressible } from './rules/expressible.ts';
import { fixtureFlaws } from './rules/fixture.ts';
import { gateFlaws, type Gates } from './rules/gates.ts';
import { measures } from './rules/measures.ts';
import { objects } from './rules/objects.ts';
import { patterns } from './rules/patterns.ts';
import { places } from './rules/places.ts';
import { type Flaw, listed, type Rule } from './rules/rule.ts';
import { endsLooking, shape } from './rules/shape.ts';

const rules: readonly Rule[] = [shape, endsLooking, places, measures, objects, arrival, expressible, patterns];

/** Everything that is wrong with the suite in a folder, in the order of its files; with `files` only with those. Rejects where the folder cannot be read. */
export async function lintSuite(directory: string, files?: readonly string[]): Promise<Problem[]> {
  const problems = lintCatalogue(await readCatalogue(directory));
  return files === undefined ? problems : within(problems, files);
}

/** The same of a folder of assertions and fixtures that are added to the suite. What is wrong with the suite itself is not told. */
export async function lintAdded(directory: string, added: string, files?: readonly string[]): Promise<Problem[]> {
  const catalogue = await readCatalogue(directory, added);
  return within(lintCatalogue(catalogue), files ?? [added, ...(catalogue.added?.paths ?? [])]);
}

/** The problems that are of these files, by whatever path those are called. */
async function within(problems: readonly Problem[], files: readonly string[]): Promise<Problem[]> {
  const wanted = new Set(await Promise.all(files.map(realOf)));
  const shown = await Promise.all(problems.map(async ({ file }) => wanted.has(await realOf(file))));
  return problems.filter((_, at) => shown[at]);
}

/** Everything that is wrong with a suite that was read, each problem once, by file and line. */
export function lintCatalogue(catalogue: Catalogue): Problem[] {
  const { assertions, fixtures, facts, unread } = catalogue;
  const gates: Gates = { assertions: assertions.map(({ value }) => value), unread, required: facts === undefined ? undefined : (facts.value.gates ?? {}) };
  const found = [
    ...catalogue.problems,
    ...fixtures.flatMap((source) => located(source, [...fixtureFlaws(source.value, source.name), ...nameFlaws(source, catalogue)])),
    ...assertions.flatMap((source) => located(source, [...identityFlaws(source, catalogue), ...assertionFlaws(source.value, catalogue), ...gateFlaws(source.value, gates), ...standingFlaws(source, catalogue)])),
    ...(facts === undefined ? [] : located(facts, requiredFlaws(gates))),
  ];
  const once = new Map(found.map((problem) => [JSON.stringify(problem), problem]));
  return [...once.values()].toSorted((one, other) => (one.file < other.file ? -1 : one.file > other.file ? 1 : one.line - other.line || one.column - other.column));
}

function assertionFlaws(assertion: Assertion, { fixtures, unread }: Catalogue): Flaw[] {
  const fixture = fixtures.find(({ name }) => name === assertion.fixture)?.value;
  if (fixture === undefined && assertion.fixture !== 'none') {
    if (unread.has(`fixtures/${assertion.fixture}`)) return [];
    const names = [...fixtures.map(({ name }) => name), 'none'];
    const [meant] = nearest(assertion.fixture, names);
    return [{ pointer: '/fixture', message: `there is no fixture ${assertion.fixture}${meant === undefined ? '' : `; did you mean ${meant}?`} (there are ${names.join(', ')})` }];
  }
  return rules.flatMap((rule) => rule({ assertion, fixture }));
}

function identityFlaws(source: Source<Assertion>, { assertions, added }: Catalogue): Flaw[] {
  const { name, value } = source;
  const { id, requirement } = value;
  const others = rivalsOf(source, assertions.filter((other) => other.value.id === id), added);
  const specification = id.split('/')[0];
  return [
    ...(id === name ? [] : [{ pointer: '/id', message: `the file is ${name}.yaml, so the id is ${name}, not ${id}` }]),
    ...others.map((other) => ({ pointer: '/id', message: `the id ${id} is also that of ${other.path}` })),
    ...(requirement.specification === specification ? [] : [{ pointer: '/requirement/specification', message: `the id says ${specification}` }]),
  ];
}

/** A gate reports what it saw, whatever its own gates say. Were one of the suite's to become a gate for what is added, its verdict would depend on that. */
function standingFlaws({ path, value }: Source<Assertion>, { assertions, facts, added }: Catalogue): Flaw[] {
  if (added?.paths.has(path) !== true) return [];
  const ofSuite = assertions.filter((other) => !added.paths.has(other.path)).map((other) => other.value);
  const gates = new Set([...Object.values(facts?.value.gates ?? {}).flat(), ...ofSuite.flatMap((other) => other.gates)]);
  const isNone = (gate: string): boolean => !gates.has(gate) && ofSuite.some(({ id }) => id === gate);
  return value.gates.flatMap((gate, at) => (isNone(gate) ? [{ pointer: `/gates/${at}`, message: `${gate} is no gate of the suite (they are ${listed([...gates].toSorted())}): stand behind one of these, or behind an assertion of your own` }] : []));
}

/** An added fixture must not take the place of one of the suite, whose assertions would then run in it. */
function nameFlaws(source: Source<Fixture>, { fixtures, added }: Catalogue): Flaw[] {
  const others = rivalsOf(source, fixtures.filter(({ name }) => name === source.name), added);
  return others.map(({ path }) => ({ pointer: '/name', message: `the name ${source.name} is also that of ${path}: choose another one` }));
}

/** The others of those that share an id or a name. A file of the suite is not to blame for one that is added. */
function rivalsOf<T>(source: Source<T>, same: readonly Source<T>[], added: AddedFiles | undefined): Source<T>[] {
  const isAdded = (path: string): boolean => added?.paths.has(path) === true;
  return same.filter(({ path }) => path !== source.path && (isAdded(source.path) || !isAdded(path)));
}

function requiredFlaws({ assertions, unread, required }: Gates): Flaw[] {
  return Object.entries(required ?? {}).flatMap(([specification, gates]) =>
    gates.flatMap((gate, at) => (unread.has(gate) || assertions.some(({ id }) => id === gate) ? [] : [{ pointer: `/gates/${specification}/${at}`, message: `there is no assertion ${gate}` }])),
  );
}

function located<T>(source: Source<T>, flaws: readonly Flaw[]): Problem[] {
  return flaws.map(({ pointer, message }) => ({ file: source.path, ...source.positionOf(pointer), pointer, message }));
}

async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    // A file that is not there is a problem of its own, found when it is read.
    return path;
  }
}
