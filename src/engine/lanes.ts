import type { Lane, LaneOptions } from '../fixture/lane.ts';
import { namesAfter } from '../fixture/names.ts';
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

/** A lane that is being built, or is ready. */
export interface ComingLane {
  opening: Opening;
  ready: Promise<OpenLane>;
}

/** A plan with the lanes that it begins with. */
export interface Prepared {
  schedule: Schedule;
  openings: Openings;
  lanes: ComingLane[];
}

/**
 * Builds the lanes in which gates are asked (where the plan has none, the one with most to do), and then as many others as run at once: pods that come later
 * keep a mesh busy while changes are awaited of it, and too many that start together are not ready in time for their health checks.
 * The others are waited for half as long again as that many pods took. Rejects when one of the first cannot be built.
 */
export async function prepare(plan: readonly Planned[], suite: Suite, concurrency: number, context: RunContext): Promise<Prepared> {
  const schedule = createSchedule(plan.filter(({ skipReason }) => skipReason === undefined));
  const openings = createOpenings(demandsOf(plan, suite), context.mesh, schedule.waiting);
  const gates = openings.first();
  const first = gates.length === 0 ? further(openings, 1) : gates;
  const abandoned = new AbortController();
  const signal = AbortSignal.any([context.signal, abandoned.signal]);
  const began = context.now();
  const lanes: ComingLane[] = [];
  const begin = (openings: readonly Opening[]): Promise<OpenLane>[] => {
    const coming = openings.map((opening) => ({ opening, ready: openLane(opening, { ...context, signal, cluster: context.cluster.until(signal) }) }));
    lanes.push(...coming);
    return coming.map(({ ready }) => ready);
  };
  try {
    await Promise.all(begin(first));
    const perPod = (context.now() - began) / Math.max(1, podsOf(first));
    const behind = further(openings, concurrency - first.length);
    const others = Promise.allSettled(begin(behind));
    await Promise.race([others, pause(1.5 * perPod * podsOf(behind), context.signal)]);
    return { schedule, openings, lanes };
  } catch (error) {
    // One that fails ends the others at once; all are awaited, so that nothing is being created any more when that is cleaned up.
    abandoned.abort('another lane could not be built');
    await Promise.allSettled(lanes.map(({ ready }) => ready));
    throwIfCancelled(context.signal);
    throw error;
  }
}

function podsOf(openings: readonly Opening[]): number {
  return openings.reduce((pods, { workloads }) => pods + workloads.length, 0);
}

function further(openings: Openings, count: number): Opening[] {
  const found: Opening[] = [];
  while (found.length < count) {
    const opening = openings.next();
    if (typeof opening !== 'object') break;
    found.push(opening);
  }
  return found;
}

/** Builds a lane. Rejects as `buildSurely` does. */
export async function openLane(opening: Opening, context: RunContext): Promise<OpenLane> {
  const started = context.now();
  const options = laneOptions(opening.workloads, context);
  const lane = await buildSurely(opening.demand.fixture, opening.name, namesAfter(opening.name), options, context);
  context.emit({ type: 'lane-ready', lane: lane.name, pods: lane.probes.size, durationMs: Math.round(context.now() - started) });
  return { opening, lane, options };
}

function laneOptions(workloads: Workload[], context: RunContext): LaneOptions {
  const { cluster, runId, mesh, probeImage, probeSource, patience, signal } = context;
  return { cluster, runId, mesh, probeImage, probeSource, workloads, readyMs: patience.profile.readyMs, wait: (milliseconds) => pause(milliseconds, signal) };
}
