import type { AssertionResult } from '../model/report.ts';
import type { RunEntry } from '../publish/index.ts';
import { accept } from './accept.ts';
import type { Latest } from './pages/assertion.ts';
import type { RunFacts } from './run-facts.ts';
import type { MeshRuns } from './timeline.ts';

/** What the newest run of each mesh's latest version has seen of an assertion, by the id of the assertion. These few reports are read once more. */
export async function latestResults(meshes: readonly MeshRuns[], shown: ReadonlyMap<RunFacts, RunEntry>): Promise<(id: string) => Latest[]> {
  const byId = new Map<string, Latest[]>();
  for (const { versions: [first] } of meshes) {
    const entry = first && shown.get(first.run);
    if (first === undefined || entry === undefined) continue;
    const accepted = accept(await entry.read());
    if (!('report' in accepted)) continue;
    for (const [id, results] of grouped(accepted.report.assertions)) byId.set(id, [...(byId.get(id) ?? []), { run: first.run, results }]);
  }
  return (id) => byId.get(id) ?? [];
}

function grouped(results: readonly AssertionResult[]): Map<string, AssertionResult[]> {
  return Map.groupBy(results, ({ id }) => id);
}
