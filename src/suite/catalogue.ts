import type { Assertion } from '../model/assertion.ts';
import type { Fixture } from '../model/fixture.ts';
import { BadFile, type Checked, checkText, type Problem, type Validator } from '../yaml/index.ts';
import { digestOf, type Files, problemOf, readFiles, type SuiteText } from './files.ts';
import { type SuiteFile, suiteSchemas } from './schemas.ts';

/** One file of the suite that its schema accepts. */
export interface Source<T> extends Checked<T> {
  /** Its path without the ending: the id of an assertion, the name of a fixture. */
  name: string;
  path: string;
}

/** A suite's folder as it was read: what is sound by itself, and the problems of the rest. */
export interface Catalogue {
  assertions: Source<Assertion>[];
  fixtures: Source<Fixture>[];
  facts: Source<SuiteFile> | undefined;
  /** Files that are there but are not among the above, by name: whoever names them is not to blame. */
  unread: Set<string>;
  problems: Problem[];
  /** Of the suite alone, whatever is added to it. */
  digest: string;
  /** Absent where nothing is added. */
  added?: AddedFiles;
}

/** What of a catalogue comes from a folder that is added to the suite's. */
export interface AddedFiles {
  digest: string;
  /** Every file, sound or not. */
  paths: Set<string>;
}

/** Reads a suite's folder, and one of somebody else's assertions and fixtures that are added to it. */
export async function readCatalogue(directory: string, added?: string): Promise<Catalogue> {
  const suite = await readFiles(directory);
  const more = added === undefined ? { texts: [], refused: [], problems: [] } : await readFiles(added);
  const problems = [...suite.problems, ...more.problems];
  const schemas = suiteSchemas();
  const texts = [...suite.texts, ...more.texts.filter(({ name }) => name !== 'suite.yaml')];
  const fixtures = check(texts.filter(isFixture), schemas.fixture, problems).map((source) => ({ ...source, name: source.name.slice('fixtures/'.length) }));
  const assertions = check(texts.filter((file) => !isFixture(file) && file.name !== 'suite.yaml'), schemas.assertion, problems);
  const facts = check(texts.filter(({ name }) => name === 'suite.yaml'), schemas.suite, problems)[0];
  const sound = new Set([...assertions.map(({ name }) => name), ...fixtures.map(({ name }) => `fixtures/${name}`), ...(facts === undefined ? [] : ['suite'])]);
  const all = [...texts, ...suite.refused, ...more.refused];
  if (!all.some(({ name }) => name === 'suite.yaml')) problems.push(problemOf(`${directory}/suite.yaml`, 'is missing: a suite says its version there (version: 1.0.0)'));
  const unread = new Set(all.map(({ name }) => withoutEnding(name)).filter((name) => !sound.has(name)));
  return { assertions, fixtures, facts, unread, problems, digest: digestOf(suite.texts), ...(added === undefined ? {} : { added: addedOf(added, more, problems) }) };
}

/** What is added is a part of a suite, never one of its own: version and gates are those of the suite. */
function addedOf(folder: string, { texts, refused }: Files, problems: Problem[]): AddedFiles {
  const own = texts.find(({ name }) => name === 'suite.yaml');
  if (own !== undefined) problems.push(problemOf(own.path, 'a folder that is added to the suite has no version and no gates of its own: remove this file'));
  if (texts.length + refused.length === 0) problems.push(problemOf(folder, 'holds no assertions: they lie in traffic-access/, traffic-specs/, traffic-split/ or traffic-metrics/, and fixtures in fixtures/'));
  return { digest: digestOf(texts), paths: new Set([...texts, ...refused].map(({ path }) => path)) };
}

function check<T>(texts: readonly SuiteText[], schema: Validator<T>, problems: Problem[]): Source<T>[] {
  return texts.flatMap(({ name, path, text }) => {
    try {
      return [{ ...checkText(text, path, schema, 'BAD_ASSERTION'), name: withoutEnding(name), path }];
    } catch (error) {
      if (!(error instanceof BadFile)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
}

function isFixture({ name }: SuiteText): boolean {
  return name.startsWith('fixtures/');
}

function withoutEnding(name: string): string {
  return name.replace(/\.yaml$/, '');
}
