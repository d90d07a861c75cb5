import semver from 'semver';
import type { RunFacts } from './run-facts.ts';

/** What a history can go along. */
export const axes = [
  { name: 'mesh version', of: (run: RunFacts) => run.mesh.version },
  { name: 'SMI release', of: (run: RunFacts) => run.smiRelease ?? 'none as a set' },
  { name: 'suite version', of: (run: RunFacts) => run.suite.version },
  { name: 'Kubernetes version', of: (run: RunFacts) => run.kubernetes },
] as const;
export type Axis = (typeof axes)[number];

/** The newest run for each value on an axis, the values in their own order. */
export function along(runs: readonly RunFacts[], of: (run: RunFacts) => string): { value: string; run: RunFacts; runs: number }[] {
  const newest = new Map<string, { value: string; run: RunFacts; runs: number }>();
  for (const run of runs) {
    const value = of(run);
    const known = newest.get(value);
    newest.set(value, { value, run: known !== undefined && isNewer(known.run, run) ? known.run : run, runs: (known?.runs ?? 0) + 1 });
  }
  return [...newest.values()].toSorted((a, b) => compareVersions(a.value, b.value));
}

/** Versions as people count them; what is no version comes first, by its letters. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parsed(a), parsed(b)];
  if (left === null || right === null) return left === right ? compareText(a, b) : left === null ? -1 : 1;
  return semver.compareBuild(left, right) || compareText(a, b);
}

const known = new Map<string, semver.SemVer | null>();
/** The same few versions are compared over and over. */
function parsed(version: string): semver.SemVer | null {
  let found = known.get(version);
  if (found === undefined) known.set(version, (found = semver.parse(version, { loose: true }) ?? semver.coerce(version)));
  return found;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isNewer(run: RunFacts, than: RunFacts): boolean {
  return run.startedAt === than.startedAt ? run.path > than.path : run.startedAt > than.startedAt;
}

/** The newest first. */
export function byDate(a: RunFacts, b: RunFacts): number {
  return isNewer(a, b) ? -1 : 1;
}

/** `v1.34` of `v1.34.4+k3s1`: runs on one minor version are compared with each other. */
export function minorOf(kubernetes: string): string {
  return /^v?\d+\.\d+/.exec(kubernetes)?.[0] ?? kubernetes;
}

/** Runs of which one follows the other: the same mesh on the same minor version of Kubernetes. */
export function lineOf({ mesh, kubernetes }: RunFacts): string {
  return `${mesh.id} ${minorOf(kubernetes)}`;
}

/** Runs by mesh, the meshes by name. */
export function byMesh(runs: readonly RunFacts[]): MeshRuns[] {
  const groups = new Map<string, RunFacts[]>();
  for (const run of runs) {
    const group = groups.get(run.mesh.id);
    if (group === undefined) groups.set(run.mesh.id, [run]);
    else group.push(run);
  }
  return [...groups].map(([id, group]) => {
    const sorted = group.toSorted(byDate);
    const versions = along(sorted, (run) => run.mesh.version);
    return { id, name: sorted[0]?.mesh.name ?? id, runs: sorted, versions: versions.toReversed().map(({ run, runs: count }) => ({ version: run.mesh.version, run, runs: count })) };
  }).toSorted((a, b) => compareText(a.name.toLowerCase(), b.name.toLowerCase()));
}

export interface MeshRuns {
  id: string;
  name: string;
  /** The newest first. */
  runs: RunFacts[];
  /** The newest run of each version, the greatest version first. */
  versions: { version: string; run: RunFacts; runs: number }[];
}
