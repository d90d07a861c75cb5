import { version } from '../door/version.ts';
import type { ConformanceError } from '../model/errors.ts';
import type { AssertionResult, Report } from '../model/report.ts';
import { buildReport } from '../report/index.ts';
import { smiRelease } from '../smi/index.ts';
import type { Recorder } from './recorder.ts';
import type { Prospect } from './run-suite.ts';

/** How the part of a run came out that may end early. */
export interface Course {
  results: AssertionResult[];
  error: ConformanceError | undefined;
  signal: AbortSignal;
}

/** Gathers what a run knows at its end and makes the report of it. */
export function reportOf({ id, request, suite, means, connected, plan, shard }: Prospect, { results, error, signal }: Course, recorder: Recorder): Report {
  const release = smiRelease(connected.offered);
  const { added } = suite;
  const marked = <R extends { id: string }>(result: R): R & { added?: true } => (added?.ids.has(result.id) === true ? { ...result, added: true } : result);
  return buildReport({
    run: {
      id,
      startedAt: recorder.startedAt.toISOString(),
      durationMs: Math.round(recorder.now()),
      only: request.only,
      skip: request.skip,
      concurrency: means.concurrency,
      ...(request.fault === undefined ? {} : { fault: request.fault }),
      ...(request.applicationImage === undefined ? {} : { application: request.applicationImage }),
      ...(shard === undefined ? {} : { shard }),
      tool: `smi-conformance ${version}`,
    },
    suite: {
      version: suite.version,
      digest: suite.digest,
      assertions: suite.assertions.length - (added?.ids.size ?? 0),
      ...(release === undefined ? {} : { smiRelease: release }),
      ...(added === undefined ? {} : { added: { digest: added.digest, assertions: added.ids.size } }),
    },
    mesh: connected.mesh,
    kubernetes: { version: connected.kubernetesVersion, cluster: connected.cluster.kind },
    served: connected.served,
    offered: connected.offered,
    claims: connected.definition.claims,
    timing: means.timing,
    failOn: request.failOn,
    phases: recorder.phases,
    warnings: recorder.warnings,
    planned: plan.map(({ assertion, version: at }) => marked({ id: assertion.id, version: at })),
    results: results.map(marked),
    ...(signal.aborted ? { interrupted: signal.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM' } : {}),
    ...(error === undefined || error.code === 'CANCELLED' ? {} : { endedBecause: error.message }),
  });
}
