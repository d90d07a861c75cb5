import semver from 'semver';
import type { Version } from '../model/specification.ts';
import { BadFile, compileSchema, readChecked } from '../yaml/index.ts';
import schema from './known-failures.schema.json' with { type: 'json' };

/** A failure that somebody knows of (`known-failures.schema.json`). */
export interface KnownFailure {
  mesh: string;
  assertion: string;
  versions?: Version[];
  meshVersions?: string;
  bug: string;
  note?: string;
}

/** Reads the list. Rejects with BAD_DEFINITION, naming line and column of all that is wrong. */
export async function readKnownFailures(file: string): Promise<KnownFailure[]> {
  const { value, positionOf } = await readChecked<KnownFailure[]>(file, compileSchema(schema), 'BAD_DEFINITION');
  const problems = value.flatMap(({ meshVersions }, index) => {
    if (meshVersions === undefined || semver.validRange(meshVersions) !== null) return [];
    const pointer = `/${index}/meshVersions`;
    return [{ file, ...positionOf(pointer), pointer, message: `${JSON.stringify(meshVersions)} is no range of versions: write it as ">=1.2.0 <1.3.0"` }];
  });
  if (problems.length > 0) throw new BadFile('BAD_DEFINITION', problems);
  return value;
}

/** What is known of a result; undefined where nothing is. */
export type KnownFailures = (result: { id: string; version: Version }, mesh: { id: string; version: string }) => KnownFailure | undefined;

export function knownFailures(list: readonly KnownFailure[]): KnownFailures {
  const byPlace = new Map<string, KnownFailure[]>();
  for (const one of list) byPlace.set(`${one.mesh} ${one.assertion}`, [...(byPlace.get(`${one.mesh} ${one.assertion}`) ?? []), one]);
  return ({ id, version }, mesh) => byPlace.get(`${mesh.id} ${id}`)?.find((one) => (one.versions?.includes(version) ?? true) && inRange(mesh.version, one.meshVersions));
}

function inRange(version: string, range: string | undefined): boolean {
  if (range === undefined) return true;
  const known = semver.parse(version, { loose: true }) ?? semver.coerce(version);
  return known !== null && semver.satisfies(known, range, { includePrerelease: true });
}
