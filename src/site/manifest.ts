import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequirementFacts } from './requirements.ts';
import { type OwnFacts, type PartName, partNames, type RunFacts, type SharedFacts, type Sharing } from './run-facts.ts';

export const manifestName = 'manifest.json';

/** What the last build read and wrote, so that the next one need not. */
export interface Manifest {
  /** By the path of the file. */
  files: Map<string, KnownFile>;
  requirements: RequirementFacts[];
  /** By path in the site: what it was made from, and its bytes. */
  pages: Map<string, readonly [key: string, bytes: number]>;
}

/** One file among the runs. */
export interface KnownFile {
  stamp: string;
  /** SHA-256 of report and bundle together. */
  digest: string;
  outcome: { facts: RunFacts } | { refused: string };
}

interface Stored {
  manifest: 1;
  /** Facts of a run hang on it: another way to read reports, or another verifier. */
  reading: string;
  parts: SharedFacts[PartName][];
  shared: StoredShared[];
  runs: StoredRun[];
  refused: [path: string, stamp: string, digest: string, why: string][];
  requirements: RequirementFacts[];
  pages: [path: string, key: string, bytes: number][];
}

/** Parts are places in `parts`. */
type StoredShared = Omit<SharedFacts, PartName> & Record<PartName, number>;

/** The digest is empty where it is that of the report alone. */
type StoredRun = [file: string, stamp: string, digest: string, shared: number, path: string, report: string, id: string, startedAt: string, durationMs: number];

export function emptyManifest(): Manifest {
  return { files: new Map(), requirements: [], pages: new Map() };
}

/** The manifest of an earlier build; undefined where there is none. One that was made in another way only says which pages there are. */
export async function readManifest(directory: string, reading: string, sharing: Sharing): Promise<Manifest | undefined> {
  const stored = await parsed(join(directory, manifestName));
  if (stored === undefined) return undefined;
  const pages = new Map(stored.pages.map(([path, key, bytes]) => [path, [key, bytes] as const]));
  if (stored.reading !== reading) return { ...emptyManifest(), pages };
  const files = new Map<string, KnownFile>();
  const shareds = stored.shared.map((one): SharedFacts => ({ ...one, ...(Object.fromEntries(partNames.map((name) => [name, stored.parts[one[name]]])) as Pick<SharedFacts, PartName>) }));
  for (const [file, stamp, digest, place, path, report, id, startedAt, durationMs] of stored.runs) {
    const shared = shareds[place];
    if (shared !== undefined) files.set(file, { stamp, digest: digest || report, outcome: { facts: sharing.join({ path, digest: report, id, startedAt, durationMs }, shared) } });
  }
  for (const [file, stamp, digest, why] of stored.refused) files.set(file, { stamp, digest, outcome: { refused: why } });
  return { files, requirements: stored.requirements, pages };
}

export function manifestText({ files, requirements, pages }: Manifest, reading: string, sharing: Sharing): string {
  const stored: Stored = { manifest: 1, reading, parts: [], shared: [], runs: [], refused: [], requirements, pages: [...pages].map(([path, [key, bytes]]) => [path, key, bytes]) };
  const places = new Map<SharedFacts, number>();
  const partPlaces = new Map<SharedFacts[PartName], number>();
  for (const [file, { stamp, digest, outcome }] of files) {
    if ('refused' in outcome) stored.refused.push([file, stamp, digest, outcome.refused]);
    else stored.runs.push(storedRun(file, stamp, digest, outcome.facts, placeOf(sharing.sharedOf(outcome.facts))));
  }
  return `${JSON.stringify(stored)}\n`;

  function placeOf(shared: SharedFacts): number {
    const place = places.get(shared) ?? stored.shared.push({ ...shared, ...(Object.fromEntries(partNames.map((name) => [name, partPlaceOf(shared[name])])) as Record<PartName, number>) }) - 1;
    places.set(shared, place);
    return place;
  }

  function partPlaceOf(part: SharedFacts[PartName]): number {
    const place = partPlaces.get(part) ?? stored.parts.push(part) - 1;
    partPlaces.set(part, place);
    return place;
  }
}

function storedRun(file: string, stamp: string, digest: string, { path, digest: report, id, startedAt, durationMs }: OwnFacts, place: number): StoredRun {
  return [file, stamp, digest === report ? '' : digest, place, path, report, id, startedAt, durationMs];
}

async function parsed(file: string): Promise<Stored | undefined> {
  try {
    const stored = JSON.parse(await readFile(file, 'utf8')) as Partial<Stored>;
    return stored.manifest === 1 && Array.isArray(stored.pages) && Array.isArray(stored.runs) && Array.isArray(stored.refused) && Array.isArray(stored.shared) && Array.isArray(stored.requirements) ? (stored as Stored) : undefined;
  } catch {
    // None, or half of one from a build that was ended: everything is built anew.
    return undefined;
  }
}
