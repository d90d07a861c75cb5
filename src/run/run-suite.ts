import type { Environment } from '../conformance.ts';
import { openJournal, type Journal } from '../journal/index.ts';
import { prepare } from '../engine/lanes.ts';
import { run } from '../engine/run.ts';
import type { RunContext } from '../engine/context.ts';
import { createPatience } from '../engine/patience.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { AssertionResult, Report } from '../model/report.ts';
import type { RunRequest } from '../model/request.ts';
import { loadSuite, planSuite, type Planned, type Suite } from '../suite/index.ts';
import type { Dialect } from '../smi/index.ts';
import { cleanUp } from './clean-up.ts';
import { askDialect, chooseMesh, type Connected, newRunId, openCluster, survey } from './connect.ts';
import { reportOf } from './facts.ts';
import { journaled } from './guard.ts';
import { type Means, meansOf } from './means.ts';
import type { Recorder } from './recorder.ts';
import { sweep } from './sweep.ts';

/** How a run ended that got as far as having a plan. */
export interface Ended {
  report: Report;
  /** What ended it early. */
  error?: ConformanceError;
  /** Planned results that are not there. */
  missing: number;
}

/** Everything that is decided before the first object is created. */
export interface Prospect {
  id: string;
  request: RunRequest;
  suite: Suite;
  means: Means;
  connected: Connected;
  plan: Planned[];
  dialect: Dialect;
}

/** From the request to the report. Rejects where there is nothing to report; once there is a plan, whatever happens ends in a report, after the clean-up. */
export async function runSuite(request: RunRequest, environment: Environment, recorder: Recorder): Promise<Ended> {
  const [{ definition, known: bundled }, suite, means] = await Promise.all([chooseMesh(request, environment.assets), loadSuite(`${environment.assets}/assertions`), meansOf(request, environment.assets)]);
  const cluster = await openCluster(request);
  try {
    const connected = await recorder.phase('connect', async () => {
      const found = await survey(cluster, definition, bundled);
      if (cluster.kind === 'kubernetes') await sweep(cluster, found.server, environment.stateDirectory, recorder.warn);
      return found;
    });
    for (const warning of connected.warnings) recorder.warn(warning);
    const prospect = await recorder.phase('plan', async (): Promise<Prospect> => {
      const { plan, warnings } = planSuite({ suite, definition, offered: connected.offered, served: connected.served, only: request.only, skip: request.skip });
      for (const warning of warnings) recorder.warn(warning);
      return { id: newRunId(), request, suite, means, connected, plan, dialect: await askDialect(connected) };
    });
    return await carryOut(prospect, environment, recorder);
  } finally {
    await cluster.close();
  }
}

/** Prepares, runs and cleans up. From here on nothing is thrown away: results, what ended the run, and what could not be removed are all in the report. */
async function carryOut(prospect: Prospect, environment: Environment, recorder: Recorder): Promise<Ended> {
  const { connected: { cluster, server }, id, request, plan, suite, means } = prospect;
  const journal = cluster.kind === 'kubernetes' ? openJournal(environment.stateDirectory, { id, server, ...(request.kubeconfig === undefined ? {} : { kubeconfig: request.kubeconfig }) }) : undefined;
  const context = contextOf(prospect, journal, environment, recorder);
  let results: AssertionResult[] = [];
  let error: ConformanceError | undefined;
  try {
    const lanes = await recorder.phase('prepare', () => prepare(plan, suite, means.concurrency, context));
    recorder.emit({ type: 'planned', mesh: connectedName(prospect), meshVersion: prospect.connected.mesh.version, kubernetesVersion: prospect.connected.kubernetesVersion, results: plan.length, lanes: lanes.length });
    const ran = await recorder.phase('run', () => run(plan, lanes, context));
    ({ results, error } = { error: undefined, ...ran });
  } catch (reason) {
    error = known(reason);
  }
  await recorder.phase('clean-up', () => tidy(prospect, journal, recorder));
  const report = await recorder.phase('report', () => Promise.resolve(reportOf(prospect, { results, error, signal: environment.signal }, recorder)));
  return { report, missing: plan.length - results.length, ...(error === undefined ? {} : { error }) };
}

function contextOf({ connected, id, request, means, dialect }: Prospect, journal: Journal | undefined, { signal }: Environment, recorder: Recorder): RunContext {
  return {
    runId: id,
    cluster: journal === undefined ? connected.cluster : journaled(connected.cluster, journal),
    mesh: connected.definition,
    offered: connected.offered,
    dialect,
    patience: createPatience(means.timing),
    probeImage: request.probeImage,
    probeSource: means.probeSource,
    now: recorder.now,
    emit: recorder.emit,
    signal,
  };
}

/** Removes everything of the run and then its journal. What is still there stays in the journal, for the next run or `cleanup`. */
async function tidy({ connected: { cluster }, id, means }: Prospect, journal: Journal | undefined, recorder: Recorder): Promise<void> {
  const left = await cleanUp(cluster, id, means.timing.deleteMs);
  if (left.namespaces.length === 0 && left.reason === undefined) await journal?.finished();
  else {
    const what = left.namespaces.length === 0 ? 'whatever it created' : left.namespaces.join(', ');
    recorder.warn(`the run could not remove ${what}: ${left.reason ?? 'no reason was given'}. Run smi-conformance cleanup when the cluster answers; the next run does it as well.`);
  }
  journal?.close();
}

function connectedName({ connected: { definition } }: Prospect): string {
  return definition.name;
}

function known(reason: unknown): ConformanceError {
  return reason instanceof ConformanceError ? reason : new ConformanceError('API', messageOf(reason), { cause: reason });
}
