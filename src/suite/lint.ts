import { realpath } from 'node:fs/promises';
import type { Assertion } from '../model/assertion.ts';
import { nearest, type Problem } from '../yaml/index.ts';
import { type Catalogue, readCatalogue, type Source } from './catalogue.ts';
import { arrival } from './rules/arrival.ts';
import { expressible } from './rules/expressible.ts';
import { fixtureFlaws } from './rules/fixture.ts';
import { gateFlaws, type Gates } from './rules/gates.ts';
import { measures } from './rules/measures.ts';
import { objects } from './rules/objects.ts';
import { patterns } from './rules/patterns.ts';
import { places } from './rules/places.ts';
import type { Flaw, Rule } from './rules/rule.ts';
import { endsLooking, shape } from './rules/shape.ts';

const rules: readonly Rule[] = [shape, endsLooking, places, measures, objects, arrival, expressible, patterns];

/**
 * Everything that is wrong with the suite in a folder, in the order of its files. With `files` only with those, be they part of the suite
 * or assertions and fixtures that lie elsewhere and are to be added to it. Rejects where the folder cannot be read.
 */
export async function lintSuite(directory: string, files?: readonly string[]): Promise<Problem[]> {
  if (files === undefined) return lintCatalogue(await readCatalogue(directory));
  const suite = await readCatalogue(directory);
  const wanted = await Promise.all(files.map(realOf));
  const known = new Set(await Promise.all(suite.paths.map(realOf)));
  const elsewhere = files.filter((_, at) => !known.has(wanted[at] ?? ''));
  const problems = lintCatalogue(elsewhere.length === 0 ? suite : await readCatalogue(directory, elsewhere));
  const shown = await Promise.all(problems.map(async (problem) => wanted.includes(await realOf(problem.file))));
  return problems.filter((_, at) => shown[at]);
}

/** Everything that is wrong with a suite that was read, each problem once, by file and line. */
export function lintCatalogue(catalogue: Catalogue): Problem[] {
  const { assertions, fixtures, facts, unread } = catalogue;
  const gates: Gates = { assertions: assertions.map(({ value }) => value), unread, required: facts === undefined ? undefined : (facts.value.gates ?? {}) };
  const found = [
    ...catalogue.problems,
    ...fixtures.flatMap((source) => located(source, fixtureFlaws(source.value, source.name))),
    ...assertions.flatMap((source) => located(source, [...identityFlaws(source, assertions), ...assertionFlaws(source.value, catalogue), ...gateFlaws(source.value, gates)])),
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

function identityFlaws({ name, path, value }: Source<Assertion>, all: readonly Source<Assertion>[]): Flaw[] {
  const { id, requirement } = value;
  const others = all.filter((other) => other.value.id === id && other.path !== path);
  const specification = id.split('/')[0];
  return [
    ...(id === name ? [] : [{ pointer: '/id', message: `the file is ${name}.yaml, so the id is ${name}, not ${id}` }]),
    ...others.map((other) => ({ pointer: '/id', message: `the id ${id} is also that of ${other.path}` })),
    ...(requirement.specification === specification ? [] : [{ pointer: '/requirement/specification', message: `the id says ${specification}` }]),
  ];
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
