import type { Assertion } from '../model/assertion.ts';
import type { Fixture } from '../model/fixture.ts';
import { BadFile } from '../yaml/index.ts';
import { readCatalogue } from './catalogue.ts';
import { lintCatalogue } from './lint.ts';

/** A suite that is whole and sound. */
export interface Suite {
  /** In the order of their files. */
  assertions: Assertion[];
  /** By name. */
  fixtures: Map<string, Fixture>;
  /** SHA-256 over names and contents of every file of the catalogue, in order; the same on every machine. */
  digest: string;
  version: string;
}

/** Reads the suite in a folder. Rejects with BAD_ASSERTION, which lists what is wrong with it: a suite with a problem never runs. */
export async function loadSuite(directory: string): Promise<Suite> {
  const catalogue = await readCatalogue(directory);
  const problems = lintCatalogue(catalogue);
  const { assertions, fixtures, facts, digest } = catalogue;
  if (problems.length > 0 || facts === undefined) throw new BadFile('BAD_ASSERTION', problems);
  return {
    assertions: assertions.map(({ value }) => value),
    fixtures: new Map(fixtures.map(({ name, value }) => [name, value])),
    digest,
    version: facts.value.version,
  };
}
