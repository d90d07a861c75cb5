import { type RunFacts, resultsOf } from './run-facts.ts';

/** A run as data, without its single results. */
export function runData({ path, id, startedAt, mesh, kubernetes, suite, smiRelease, result, must, should, specifications, digest, provenance }: RunFacts): Record<string, unknown> {
  return {
    run: id, startedAt, mesh: mesh.id, meshVersion: mesh.version, kubernetes, suite: suite.version, suiteDigest: suite.digest, ...(smiRelease !== undefined && { smiRelease }),
    result, must, should, specifications, report: path, sha256: digest, provenance,
  };
}

/** Verdicts by assertion, then by API version. */
export function verdictData(run: RunFacts): Record<string, Record<string, string>> {
  const data: Record<string, Record<string, string>> = {};
  for (const { id, version, verdict } of resultsOf(run)) (data[id] ??= {})[version] = verdict;
  return data;
}
