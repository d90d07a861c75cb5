import type { Lane, LaneOptions } from '../fixture/lane.ts';
import { ConformanceError } from '../model/errors.ts';
import type { Workload } from '../model/fixture.ts';
import type { Planned, Suite } from '../suite/index.ts';
import { buildSurely } from './build.ts';
import { pause, type RunContext, throwIfCancelled } from './context.ts';
import { demandsOf } from './demand.ts';
import { createOpenings, type Opening, type Openings } from './openings.ts';
import { createSchedule, type Schedule } from './schedule.ts';

/** A lane that is ready, and what it takes to build it anew. */
export interface OpenLane {
  opening: Opening;
  lane: Lane;
  options: LaneOptions;
}

/** A plan with its first lanes. */
export interface Prepared {
  schedule: Schedule;
  openings: Openings;
  lanes: OpenLane[];
}

/**
 * Builds the lanes in which gates are asked; the others are built while the run goes on. Where the plan has no gates, it is the one with most to do.
 * Rejects when one of them cannot be built.
 */
export async function prepare(plan: readonly Planned[], suite: Suite, context: RunContext): Promise<Prepared> {
  const schedule = createSchedule(plan.filter(({ skipReason }) => skipReason === undefined));
  const openings = createOpenings(demandsOf(plan, suite), context.mesh, schedule.waiting);
  const gates = openings.first();
  const other = gates.length === 0 ? openings.next() : undefined;
  const first = typeof other === 'object' ? [other] : gates;
  const abandoned = new AbortController();
  const signal = AbortSignal.any([context.signal, abandoned.signal]);
  const building = first.map(async (opening) => {
    try {
      return await openLane(opening, { ...context, signal, cluster: context.cluster.until(signal) });
    } catch (error) {
      abandoned.abort('another lane could not be built');
      throw error;
    }
  });
  // One that fails ends the others at once; all are awaited, so that nothing is being created any more when that is cleaned up.
  const built = await Promise.allSettled(building);
  throwIfCancelled(context.signal);
  const failures = built.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  if (failures.length > 0) throw failures.find((reason) => !isCancel(reason)) ?? failures[0];
  return { schedule, openings, lanes: built.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])) };
}

/** Builds a lane. Rejects as `buildSurely` does. */
export async function openLane(opening: Opening, context: RunContext): Promise<OpenLane> {
  const started = context.now();
  const options = laneOptions(opening.workloads, context);
  const lane = await buildSurely(opening.demand.fixture, opening.name, options, context);
  context.emit({ type: 'lane-ready', lane: lane.name, pods: lane.probes.size, durationMs: Math.round(context.now() - started) });
  return { opening, lane, options };
}

function isCancel(reason: unknown): boolean {
  return reason instanceof ConformanceError && reason.code === 'CANCELLED';
}

function laneOptions(workloads: Workload[], context: RunContext): LaneOptions {
  const { cluster, runId, mesh, probeImage, probeSource, patience, signal } = context;
  return { cluster, runId, mesh, probeImage, probeSource, workloads, readyMs: patience.profile.readyMs, wait: (milliseconds) => pause(milliseconds, signal) };
}
