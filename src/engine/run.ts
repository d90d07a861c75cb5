import { buildLane, type Lane, type LaneOptions } from '../fixture/lane.ts';
import { laneName } from '../fixture/names.ts';
import { workloadsNeeded } from '../fixture/needs.ts';
import { judge, type Judgement } from '../judge/index.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { Fixture } from '../model/fixture.ts';
import type { RawObservation } from '../model/observation.ts';
import type { AssertionResult } from '../model/report.ts';
import type { Planned, Suite } from '../suite/index.ts';
import { allocateLanes, type Demand } from './allocate.ts';
import { pause, type RunContext, throwIfCancelled } from './context.ts';
import { execute } from './execute.ts';
import { createWorker } from './lease.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import { resultOf } from './result.ts';

/** What the engine made of a plan. `error` is what ended it early; the results until then are there all the same. */
export interface Ran {
  results: AssertionResult[];
  error?: ConformanceError;
}

const nothing: RawObservation = { outcome: 'observed', steps: [] };

/** Two lanes whose API server is lost are no accident: the run ends. */
const lostLimit = 2;

/** The lanes of a plan, built and ready; the first part of a run. */
export interface Prepared {
  lanes: Lane[];
  options: Map<string, LaneOptions>;
}

/** Builds every lane that the plan asks for, side by side. Rejects when a fixture gets no lane at all. */
export async function prepare(plan: readonly Planned[], suite: Suite, concurrency: number, context: RunContext): Promise<Prepared> {
  const demands = demandsOf(plan, suite);
  const counts = allocateLanes(demands, concurrency, context.mesh);
  const options = new Map(demands.map((demand) => [demand.fixture.name, laneOptions(demand, context)]));
  const wanted = demands.flatMap(({ fixture }) => Array.from({ length: counts.get(fixture.name) ?? 1 }, (_, index) => ({ fixture, name: laneName(fixture.name, index + 1) })));
  const built = await Promise.allSettled(wanted.map(({ fixture, name }) => build(fixture, name, options, context)));
  throwIfCancelled(context.signal);
  const lanes = built.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  for (const [index, result] of built.entries()) {
    if (result.status === 'fulfilled') continue;
    const { fixture, name } = wanted[index] ?? {};
    if (!lanes.some((lane) => lane.fixture.name === fixture?.name)) throw result.reason;
    context.emit({ type: 'notice', level: 'warning', message: `lane ${name} could not be built, the run goes on with fewer: ${messageOf(result.reason)}` });
  }
  return { lanes, options };
}

/** Runs a plan in prepared lanes. Never rejects: what ended it early is in the answer. */
export async function run(plan: readonly Planned[], prepared: Prepared, context: RunContext): Promise<Ran> {
  const results: AssertionResult[] = [];
  const finish = (result: AssertionResult): void => {
    results.push(result);
    context.emit({ type: 'assertion-ended', result });
  };
  for (const entry of plan) {
    if (entry.skipReason !== undefined) finish(resultOf(entry, { verdict: 'skip', reason: entry.skipReason }, { startedMs: context.now(), durationMs: 0, raw: nothing }));
  }
  const schedule = createSchedule(plan.filter(({ skipReason }) => skipReason === undefined));
  const fatal = watch(schedule, context);
  const workers = [...prepared.lanes.map((lane) => ({ fixture: lane.fixture.name, lane })), { fixture: 'none', lane: undefined }];
  await Promise.all(workers.map(async ({ fixture, lane }) => {
    try {
      await work(fixture, lane, prepared.options.get(fixture), schedule, finish, fatal, context);
    } catch (error) {
      fatal.stop(error);
    }
  }));
  return fatal.error === undefined ? { results } : { results, error: fatal.error };
}

interface Fatal {
  error?: ConformanceError;
  lost: number;
  stop(error: unknown): void;
}

function watch(schedule: Schedule, context: RunContext): Fatal {
  const fatal: Fatal = {
    lost: 0,
    stop(error) {
      fatal.error ??= error instanceof ConformanceError ? error : new ConformanceError('API', messageOf(error), { cause: error });
      schedule.stop();
    },
  };
  context.signal.addEventListener('abort', () => schedule.stop(), { once: true });
  return fatal;
}

async function work(fixture: string, first: Lane | undefined, options: LaneOptions | undefined, schedule: Schedule, finish: (result: AssertionResult) => void, fatal: Fatal, context: RunContext): Promise<void> {
  const worker = createWorker(first, options, context);
  for (let entry = await schedule.next(fixture); entry !== undefined; entry = await schedule.next(fixture)) {
    const startedMs = context.now();
    const gate = schedule.gate(entry);
    if (gate.state === 'closed') {
      const judgement: Judgement = { verdict: 'inconclusive', reason: `${gate.reason}, so it was not run` };
      finish(resultOf(entry, judgement, { startedMs, durationMs: 0, raw: nothing }));
      schedule.settle(entry, judgement.verdict);
      continue;
    }
    context.emit({ type: 'assertion-started', id: entry.assertion.id, version: entry.version, lane: worker.laneName() });
    const lane = worker.laneName();
    const leased = await worker.lease(entry, () => schedule.hasMore(fixture), (workspace) => execute(entry.assertion, entry.version, workspace, context));
    const judgement = judge({ assertion: entry.assertion, version: entry.version, raw: leased.raw, gates: schedule.gates });
    finish(resultOf(entry, judgement, { startedMs, durationMs: context.now() - startedMs, lane, ...leased }));
    schedule.settle(entry, judgement.verdict);
    if (leased.raw.outcome === 'errored' && leased.raw.code === 'CLUSTER_LOST') {
      fatal.lost += 1;
      if (fatal.lost >= lostLimit) throw new ConformanceError('CLUSTER_LOST', `the API server stopped answering in the middle of the run: ${leased.raw.reason}`);
    }
  }
  await worker.close();
}

async function build(fixture: Fixture, name: string, options: Map<string, LaneOptions>, context: RunContext): Promise<Lane> {
  const started = context.now();
  const own = options.get(fixture.name);
  if (own === undefined) throw new TypeError(`fixture ${fixture.name} was not asked for`);
  const lane = await buildLane(fixture, name, own);
  context.emit({ type: 'lane-ready', lane: name, pods: lane.probes.size, durationMs: context.now() - started });
  return lane;
}

function demandsOf(plan: readonly Planned[], suite: Suite): Demand[] {
  const running = plan.filter(({ skipReason, assertion }) => skipReason === undefined && assertion.fixture !== 'none');
  return [...Map.groupBy(running, ({ assertion }) => assertion.fixture)].map(([name, entries]) => {
    const fixture = suite.fixtures.get(name);
    if (fixture === undefined) throw new ConformanceError('BAD_ASSERTION', `there is no fixture ${name}`);
    return { fixture, assertions: entries.length, workloads: workloadsNeeded(fixture, entries.map(({ assertion }) => assertion)) };
  });
}

function laneOptions({ workloads }: Demand, context: RunContext): LaneOptions {
  const { cluster, runId, mesh, probeImage, probeSource, patience, signal } = context;
  return { cluster, runId, mesh, probeImage, probeSource, workloads, readyMs: patience.profile.readyMs, wait: (milliseconds) => pause(milliseconds, signal) };
}
