import { buildLane, type Lane, type LaneOptions } from '../fixture/lane.ts';
import { laneName } from '../fixture/names.ts';
import { workloadsNeeded } from '../fixture/needs.ts';
import type { Assertion } from '../model/assertion.ts';
import { ConformanceError } from '../model/errors.ts';
import type { Fixture, Workload } from '../model/fixture.ts';
import type { Planned, Suite } from '../suite/index.ts';
import { allocateLanes, type Demand } from './allocate.ts';
import { pause, type RunContext, throwIfCancelled } from './context.ts';
import type { Seat } from './schedule.ts';

/** A lane that is being built, or is ready, and the assertions that it can run. */
export interface Coming {
  name: string;
  lane: Promise<Lane>;
  options: LaneOptions;
  seat: Seat;
}

/**
 * Starts every lane that the plan asks for and resolves when each fixture has its first: gates can be asked while the others are built. The first lane of
 * a fixture has all pods that the plan needs, the others only what most assertions need. Rejects when a first lane cannot be built.
 */
export async function prepare(plan: readonly Planned[], suite: Suite, concurrency: number, context: RunContext): Promise<Coming[]> {
  const demands = demandsOf(plan, suite);
  const counts = allocateLanes(demands, concurrency, context.mesh);
  const abandoned = new AbortController();
  const signal = AbortSignal.any([context.signal, abandoned.signal]);
  const first = demands.map((demand) => coming(demand, 1, { ...context, signal }));
  for (const { lane } of first) lane.catch(() => abandoned.abort('another lane could not be built'));
  // One that fails ends the others at once; all are awaited, so that nothing is being created any more when that is cleaned up.
  const failures = (await Promise.allSettled(first.map(({ lane }) => lane))).flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  throwIfCancelled(context.signal);
  if (failures.length > 0) throw failures.find((reason) => !isCancel(reason)) ?? failures[0];
  const more = demands.flatMap((demand) => Array.from({ length: (counts.get(demand.fixture.name) ?? 1) - 1 }, (_, index) => coming(demand, index + 2, context)));
  return [...first, ...more];
}

function isCancel(reason: unknown): boolean {
  return reason instanceof ConformanceError && reason.code === 'CANCELLED';
}

function coming(demand: Demand, index: number, context: RunContext): Coming {
  const { fixture, workloads, common } = demand;
  const name = laneName(fixture.name, index);
  const options = laneOptions(index === 1 ? workloads : common, context);
  const lane = build(fixture, name, options, context);
  // Whoever waits for it is told; until somebody does, it is no unhandled failure.
  lane.catch(() => undefined);
  const isCommon = ({ assertion }: Planned): boolean => neededBy(assertion, demand).every((workload) => common.includes(workload));
  const seat = index === 1 ? { fixture: fixture.name, takes: () => true, prefers: (entry: Planned) => !isCommon(entry) } : { fixture: fixture.name, takes: isCommon, prefers: () => false };
  return { name, lane, options, seat };
}

async function build(fixture: Fixture, name: string, options: LaneOptions, context: RunContext): Promise<Lane> {
  const started = context.now();
  const lane = await buildLane(fixture, name, options);
  context.emit({ type: 'lane-ready', lane: name, pods: lane.probes.size, durationMs: Math.round(context.now() - started) });
  return lane;
}

function demandsOf(plan: readonly Planned[], suite: Suite): Demand[] {
  const running = plan.filter(({ skipReason, assertion }) => skipReason === undefined && assertion.fixture !== 'none');
  return [...Map.groupBy(running, ({ assertion }) => assertion.fixture)].map(([name, entries]) => {
    const fixture = suite.fixtures.get(name);
    if (fixture === undefined) throw new ConformanceError('BAD_ASSERTION', `there is no fixture ${name}`);
    const assertions = entries.map(({ assertion }) => assertion);
    const workloads = workloadsNeeded(fixture, assertions);
    const work = assertions.reduce((sum, assertion) => sum + workOf(assertion), 0);
    return { fixture, assertions: entries.length, work, workloads, common: commonOf({ fixture, workloads }, assertions) };
  });
}

/** A pod that few assertions need is in the first lane only: a lane's pods are what it costs. */
function commonOf(demand: Pick<Demand, 'fixture' | 'workloads'>, assertions: readonly Assertion[]): Workload[] {
  const sending = assertions.filter(({ kind }) => kind === 'capability').map((assertion) => neededBy(assertion, demand));
  return demand.workloads.filter((workload) => sending.filter((needed) => needed.includes(workload)).length > sending.length / 4);
}

function neededBy(assertion: Assertion, { fixture, workloads }: Pick<Demand, 'fixture' | 'workloads'>): Workload[] {
  if (assertion.steps.some((step) => 'observe' in step && 'ready' in step.observe)) return workloads;
  const needed = workloadsNeeded(fixture, [assertion]);
  return workloads.filter((workload) => needed.includes(workload));
}

/** Each change is waited for, and so is the way back to the baseline; next to those, all else takes no time. */
function workOf({ kind, steps }: Assertion): number {
  return kind === 'presence' ? 0 : 1 + steps.filter((step) => 'apply' in step || 'patch' in step || 'delete' in step).length;
}

function laneOptions(workloads: Workload[], context: RunContext): LaneOptions {
  const { cluster, runId, mesh, probeImage, probeSource, patience, signal } = context;
  return { cluster, runId, mesh, probeImage, probeSource, workloads, readyMs: patience.profile.readyMs, wait: (milliseconds) => pause(milliseconds, signal) };
}
