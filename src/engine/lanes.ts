import { buildLane, type Lane, type LaneOptions } from '../fixture/lane.ts';
import { laneName } from '../fixture/names.ts';
import { workloadsNeeded } from '../fixture/needs.ts';
import type { Assertion } from '../model/assertion.ts';
import { ConformanceError } from '../model/errors.ts';
import type { Fixture } from '../model/fixture.ts';
import type { Planned, Suite } from '../suite/index.ts';
import { allocateLanes, type Demand } from './allocate.ts';
import { pause, type RunContext } from './context.ts';

/** A lane that is being built, or is ready. */
export interface Coming {
  fixture: Fixture;
  name: string;
  lane: Promise<Lane>;
}

/** The lanes of a plan. One of each fixture is ready; the others are still being built. */
export interface Prepared {
  lanes: Coming[];
  options: Map<string, LaneOptions>;
}

/** Starts every lane that the plan asks for and resolves when each fixture has its first: gates can be asked while the others are built. Rejects when one of those cannot be. */
export async function prepare(plan: readonly Planned[], suite: Suite, concurrency: number, context: RunContext): Promise<Prepared> {
  const demands = demandsOf(plan, suite);
  const counts = allocateLanes(demands, concurrency, context.mesh);
  const options = new Map(demands.map((demand) => [demand.fixture.name, laneOptions(demand, context)]));
  const first = demands.map(({ fixture }) => coming(fixture, 1, options, context));
  // All of them are awaited, so that nothing is being created any more when a failure is cleaned up.
  const failed = (await Promise.allSettled(first.map(({ lane }) => lane))).find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const more = demands.flatMap(({ fixture }) => Array.from({ length: (counts.get(fixture.name) ?? 1) - 1 }, (_, index) => coming(fixture, index + 2, options, context)));
  return { lanes: [...first, ...more], options };
}

function coming(fixture: Fixture, index: number, options: Map<string, LaneOptions>, context: RunContext): Coming {
  const name = laneName(fixture.name, index);
  const lane = build(fixture, name, options, context);
  // Whoever waits for it is told; until somebody does, it is no unhandled failure.
  lane.catch(() => undefined);
  return { fixture, name, lane };
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
    const assertions = entries.map(({ assertion }) => assertion);
    return { fixture, assertions: entries.length, work: assertions.reduce((sum, assertion) => sum + workOf(assertion), 0), workloads: workloadsNeeded(fixture, assertions) };
  });
}

/** Each change is waited for, and so is the way back to the baseline; next to those, all else takes no time. */
function workOf({ kind, steps }: Assertion): number {
  return kind === 'presence' ? 0 : 1 + steps.filter((step) => 'apply' in step || 'patch' in step || 'delete' in step).length;
}

function laneOptions({ workloads }: Demand, context: RunContext): LaneOptions {
  const { cluster, runId, mesh, probeImage, probeSource, patience, signal } = context;
  return { cluster, runId, mesh, probeImage, probeSource, workloads, readyMs: patience.profile.readyMs, wait: (milliseconds) => pause(milliseconds, signal) };
}
