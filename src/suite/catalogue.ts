import { basename, dirname, resolve } from 'node:path';
import type { Assertion } from '../model/assertion.ts';
import type { Fixture } from '../model/fixture.ts';
import { BadFile, type Checked, checkText, type Problem, type Validator } from '../yaml/index.ts';
import { digestOf, problemOf, readFiles, readText, type SuiteText } from './files.ts';
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
  /** Every file, sound or not. */
  paths: string[];
  digest: string;
}

/** Reads a suite's folder; `more` are assertions and fixtures that lie elsewhere and are taken in, each named by its folder and its own name. */
export async function readCatalogue(directory: string, more: readonly string[] = []): Promise<Catalogue> {
  const { texts, refused, problems } = await readFiles(directory);
  const schemas = suiteSchemas();
  const extra = (await Promise.all(more.map(async (path) => readMore(path, problems)))).flat();
  // A fixture from elsewhere comes before one of the suite that has its name: it is the one that is being written.
  const fixtures = check([...extra, ...texts].filter(isFixture), schemas.fixture, problems).map((source) => ({ ...source, name: source.name.slice('fixtures/'.length) }));
  const assertions = check([...texts, ...extra].filter((file) => !isFixture(file) && file.name !== 'suite.yaml'), schemas.assertion, problems);
  const facts = check(texts.filter(({ name }) => name === 'suite.yaml'), schemas.suite, problems)[0];
  const sound = new Set([...assertions.map(({ name }) => name), ...fixtures.map(({ name }) => `fixtures/${name}`), ...(facts === undefined ? [] : ['suite'])]);
  const all = [...texts, ...refused];
  if (!all.some(({ name }) => name === 'suite.yaml')) problems.push(problemOf(`${directory}/suite.yaml`, 'is missing: a suite says its version there (version: 1.0.0)'));
  const unread = new Set(all.map(({ name }) => withoutEnding(name)).filter((name) => !sound.has(name)));
  return { assertions, fixtures, facts, unread, problems, paths: all.map(({ path }) => path), digest: digestOf(texts) };
}

async function readMore(path: string, problems: Problem[]): Promise<SuiteText[]> {
  const found = await readText(path, dirname(resolve(path)));
  if ('refused' in found) {
    problems.push(problemOf(path, found.refused));
    return [];
  }
  return [{ name: `${basename(dirname(resolve(path)))}/${basename(path)}`, path, text: found.text }];
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
