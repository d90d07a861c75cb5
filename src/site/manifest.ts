import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequirementFacts } from './requirements.ts';
import { createPlans, type Plan, type RunFacts } from './run-facts.ts';

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
  plans: Plan[];
  files: [path: string, stamp: string, digest: string, outcome: { facts: Omit<RunFacts, 'plan'>; plan: number } | { refused: string }][];
  requirements: RequirementFacts[];
  pages: [path: string, key: string, bytes: number][];
}

export function emptyManifest(): Manifest {
  return { files: new Map(), requirements: [], pages: new Map() };
}

/** The manifest of an earlier build; undefined where there is none. One that was made in another way only says which pages there are. */
export async function readManifest(directory: string, reading: string): Promise<Manifest | undefined> {
  const stored = await parsed(join(directory, manifestName));
  if (stored === undefined) return undefined;
  const pages = new Map(stored.pages.map(([path, key, bytes]) => [path, [key, bytes] as const]));
  if (stored.reading !== reading) return { ...emptyManifest(), pages };
  const plans = createPlans();
  const shared = stored.plans.map((plan) => plans.intern(plan));
  const files = new Map(stored.files.map(([path, stamp, digest, outcome]): [string, KnownFile] => [path, { stamp, digest, outcome: 'refused' in outcome ? outcome : { facts: { ...outcome.facts, plan: shared[outcome.plan] ?? [] } } }]));
  return { files, requirements: stored.requirements, pages };
}

export function manifestText({ files, requirements, pages }: Manifest, reading: string): string {
  const plans: Plan[] = [];
  const places = new Map<Plan, number>();
  const place = (plan: Plan): number => {
    const known = places.get(plan) ?? plans.push(plan) - 1;
    places.set(plan, known);
    return known;
  };
  const stored: Stored = {
    manifest: 1,
    reading,
    plans,
    files: [...files].map(([path, { stamp, digest, outcome }]) => {
      if ('refused' in outcome) return [path, stamp, digest, outcome];
      const { plan, ...facts } = outcome.facts;
      return [path, stamp, digest, { facts, plan: place(plan) }];
    }),
    requirements,
    pages: [...pages].map(([path, [key, bytes]]) => [path, key, bytes]),
  };
  return `${JSON.stringify(stored)}\n`;
}

async function parsed(file: string): Promise<Stored | undefined> {
  try {
    const stored = JSON.parse(await readFile(file, 'utf8')) as Partial<Stored>;
    return stored.manifest === 1 && Array.isArray(stored.pages) && Array.isArray(stored.files) && Array.isArray(stored.plans) && Array.isArray(stored.requirements) ? (stored as Stored) : undefined;
  } catch {
    // None, or half of one from a build that was ended: everything is built anew.
    return undefined;
  }
}
