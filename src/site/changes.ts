import { differenceOf, type ReportDifference } from '../report/difference.ts';
import { slugs } from './links.ts';
import { type RunFacts, resultsOf } from './run-facts.ts';
import type { MeshRuns } from './timeline.ts';

export type Difference = ReportDifference<ReturnType<typeof resultsOf>[number]>;

/** What changed from one version of a mesh to the next: the newest run of each. */
export interface Change {
  mesh: MeshRuns;
  before: RunFacts;
  after: RunFacts;
  difference: Difference;
  /** Its name in the path of its page. */
  name: string;
}

/** The changes between adjacent versions of a mesh, the newest first. */
export function changesOf(mesh: MeshRuns): Change[] {
  const names = slugs(mesh.versions.map(({ version }) => version));
  return mesh.versions.slice(0, -1).flatMap(({ run: after }, index) => {
    const before = mesh.versions[index + 1]?.run;
    if (before === undefined) return [];
    return [{ mesh, before, after, difference: differenceBetween(before, after), name: `${names.get(before.mesh.version)}-to-${names.get(after.mesh.version)}` }];
  });
}

export function differenceBetween(before: RunFacts, after: RunFacts): Difference {
  return differenceOf({ assertions: resultsOf(before) }, { assertions: resultsOf(after) });
}

/** `2 worse, 1 better`; `no change` where every verdict is the same. */
export function changeText({ worse, better, other, added, gone }: Difference): string {
  const parts = [[worse.length, 'worse'], [better.length, 'better'], [other.length, 'otherwise changed'], [added.length, 'new'], [gone.length, 'gone']] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return said.length === 0 ? 'no change' : said.join(', ');
}

export function differenceData({ worse, better, other, added, gone, same }: Difference): Record<string, unknown> {
  const changed = (list: Difference['worse']): unknown[] => list.map(({ before, after }) => ({ assertion: after.id, version: after.version, level: after.level, before: before.verdict, after: after.verdict }));
  const single = (list: Difference['added']): unknown[] => list.map(({ id, version, level, verdict }) => ({ assertion: id, version, level, verdict }));
  return { worse: changed(worse), better: changed(better), other: changed(other), added: single(added), gone: single(gone), same };
}
