import type { Environment } from '../conformance.ts';
import { createAbsence } from '../engine/absence.ts';
import type { RunContext } from '../engine/context.ts';
import { prepare } from '../engine/lanes.ts';
import { createPatience } from '../engine/patience.ts';
import { createTide } from '../engine/tide.ts';
import { type Ran, run } from '../engine/run.ts';
import type { Journal } from '../journal/index.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { Report, ShardFacts } from '../model/report.ts';
import type { RunRequest } from '../model/request.ts';
import { loadSuite, planSuite, type Planned, select, type Suite, withApplication } from '../suite/index.ts';
import type { Dialect } from '../smi/index.ts';
import { cleanUp, type Leftovers } from './clean-up.ts';
import { askDialect, chooseMesh, type Connected, newRunId, survey } from './connect.ts';
import { clearEvidence, isUnjudged, keepEvidence, leavesQuestions } from './evidence.ts';
import { type Course, reportOf } from './facts.ts';
import { type Ground, layGround } from './ground.ts';
import { journaled } from './guard.ts';
import { type Means, meansOf } from './means.ts';
import { durationsIn, partOf } from './part.ts';
import type { Recorder } from './recorder.ts';

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
  /** What this run is to judge. */
  plan: Planned[];
  /** Which part of the whole that is, where it is a part. */
  shard?: ShardFacts;
  dialect: Dialect;
}

/** From the request to the report. Rejects where there is nothing to report; once there is a plan, whatever happens ends in a report, after the clean-up. */
export async function runSuite(request: RunRequest, environment: Environment, recorder: Recorder): Promise<Ended> {
  const [{ definition, known, prometheus }, loaded, means, durations] = await Promise.all([
    chooseMesh(request, environment.assets),
    loadSuite(`${environment.assets}/assertions`, request.assertions),
    meansOf(request, environment.assets),
    durationsIn(request.durations),
  ]);
  const suite = request.applicationImage === undefined ? loaded : withApplication(loaded, request.applicationImage);
  // A slip in a pattern is told before a cluster is booted for it.
  select(suite.assertions.map((assertion) => assertion.id), request.only, request.skip);
  clearEvidence(request.outputDirectory);
  const id = newRunId();
  const ground = await layGround({ request, definition, known, id, environment, recorder });
  let prospect: Prospect | undefined;
  const course: Course = { results: [], error: undefined, signal: environment.signal };
  const asked = ground.cluster.until(environment.signal);
  try {
    try {
      const connected = await recorder.phase('connect', () => survey(asked, definition, known, { signal: environment.signal, ...(prometheus && { prometheus }) }));
      for (const warning of connected.warnings) recorder.warn(warning);
      prospect = await recorder.phase('plan', async (): Promise<Prospect> => {
        const { plan, warnings } = planSuite({ suite, definition: connected.definition, offered: connected.offered, served: connected.served, only: request.only, skip: request.skip });
        for (const warning of warnings) recorder.warn(warning);
        return { id, request, suite, means, connected, ...partOf(plan, request, durations), dialect: await askDialect(connected) };
      });
      const ran = await carryOut(prospect, ground, environment, recorder);
      course.results = ran.results;
      course.error = ran.error;
    } catch (reason) {
      course.error = asKnown(reason);
    }
    // A runner that cancels soon kills: then there is time for the clean-up only.
    if (ground.journal !== undefined && !environment.signal.aborted && leavesQuestions(course.results, course.error)) {
      await recorder.phase('diagnose', () => keepEvidence({ ...ground, cluster: asked, definition, id, outputDirectory: request.outputDirectory, unjudged: isUnjudged(course), recorder }));
    }
    await recorder.phase('clean-up', () => tidy({ id, ground, request, means, recorder, course }));
  } finally {
    await ground.cluster.close();
  }
  // Without a plan there is nothing that a report could be complete against.
  if (prospect === undefined) throw course.error ?? new TypeError('a run without a plan has an error');
  const planned = prospect;
  const report = await recorder.phase('report', () => Promise.resolve(reportOf(planned, course, recorder)));
  return { report, missing: planned.plan.length - course.results.length, ...(course.error === undefined ? {} : { error: course.error }) };
}

/** Builds the lanes and runs the plan in them. */
async function carryOut(prospect: Prospect, ground: Ground, environment: Environment, recorder: Recorder): Promise<Ran> {
  const { connected, plan, suite, means } = prospect;
  const context = contextOf(prospect, ground.journal, environment, recorder);
  const prepared = await recorder.phase('prepare', () => prepare(plan, suite, means.concurrency, context));
  recorder.emit({ type: 'planned', mesh: connected.definition.name, meshVersion: connected.mesh.version, kubernetesVersion: connected.kubernetesVersion, results: plan.length, lanes: prepared.lanes.length });
  return recorder.phase('run', () => run(plan, prepared, means.concurrency, context));
}

function contextOf({ connected, id, request, means, dialect }: Prospect, journal: Journal | undefined, { signal }: Environment, recorder: Recorder): RunContext {
  const cluster = journal === undefined ? connected.cluster : journaled(connected.cluster, journal);
  const patience = createPatience(means.timing);
  return {
    runId: id,
    cluster,
    mesh: connected.definition,
    offered: connected.offered,
    metrics: connected.metrics,
    dialect,
    patience,
    tide: createTide({ now: recorder.now, signal }),
    absence: createAbsence({ cluster, patience, now: recorder.now, emit: recorder.emit, signal }),
    probeImage: request.probeImage,
    probeSource: means.probeSource,
    now: recorder.now,
    emit: recorder.emit,
    signal,
  };
}

interface Tidying {
  id: string;
  ground: Ground;
  request: RunRequest;
  means: Means;
  recorder: Recorder;
  course: Course;
}

/** Removes everything of the run and then its journal. What is still there stays in the journal, for the next run or `cleanup`. */
async function tidy({ id, ground: { cluster, journal, booted, clear }, request: { keep }, means: { timing }, recorder, course: { signal, error } }: Tidying): Promise<void> {
  // One that was waited for in vain is not waited for again.
  const limits = { limitMs: timing.deleteMs, signal, ...(error?.code === 'CLUSTER_LOST' ? { awayMs: 0 } : {}) };
  // A cluster that is removed takes everything with it.
  const objects = booted === undefined || keep ? await cleanUp(cluster, id, limits) : { namespaces: [] };
  const left = [...wordsOf(objects), ...(await clear())];
  if (left.length === 0) await journal?.finished();
  else recorder.warn(`the run could not remove ${left.join('; ')}. Run smi-conformance cleanup when the cluster answers; the next run does it as well.`);
  journal?.close();
}

function wordsOf({ namespaces, reason }: Leftovers): string[] {
  if (namespaces.length === 0 && reason === undefined) return [];
  return [`${namespaces.length === 0 ? 'whatever it created' : namespaces.join(', ')} (${reason ?? 'no reason was given'})`];
}

function asKnown(reason: unknown): ConformanceError {
  return reason instanceof ConformanceError ? reason : new ConformanceError('API', messageOf(reason), { cause: reason });
}
