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
  /** What of the above is none of the suite's, but added to it; absent where nothing is. */
  added?: AddedAssertions;
}

/** Somebody's own assertions, which run with the suite and count for none of its figures. */
export interface AddedAssertions {
  /** SHA-256 over names and contents of every file of their folder, in order. */
  digest: string;
  ids: Set<string>;
}

/** Reads the suite in a folder, and what is added to it. Rejects with BAD_ASSERTION, which lists what is wrong with it: a suite with a problem never runs. */
export async function loadSuite(directory: string, folder?: string): Promise<Suite> {
  const catalogue = await readCatalogue(directory, folder);
  const problems = lintCatalogue(catalogue);
  const { assertions, fixtures, facts, digest, added } = catalogue;
  if (problems.length > 0 || facts === undefined) throw new BadFile('BAD_ASSERTION', problems);
  return {
    assertions: assertions.map(({ value }) => value),
    fixtures: new Map(fixtures.map(({ name, value }) => [name, value])),
    digest,
    version: facts.value.version,
    ...(added === undefined ? {} : { added: { digest: added.digest, ids: new Set(assertions.filter(({ path }) => added.paths.has(path)).map(({ value }) => value.id)) } }),
  };
}
