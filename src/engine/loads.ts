import type { Lane } from '../fixture/lane.ts';
import type { LoadSeen } from '../judge/index.ts';
import { ConformanceError } from '../model/errors.ts';
import type { Load } from '../model/metrics.ts';
import type { ProbeClient } from '../probe/client.ts';
import { probeOf } from './address.ts';
import { pause, type RunContext } from './context.ts';
import { requestOf } from './look.ts';

/** How long an answer is waited for, beyond what the application is told to take, in milliseconds: what comes late is an answer too. */
const patientMs = 5_000;

interface Running {
  /** The probe's name for it. */
  name: string;
  client: ProbeClient;
  perSecond: number;
  /** When it began, in milliseconds since the run began. */
  since: number;
}

/** Loads belong to a lane, not to an assertion: one that has begun goes on until it is ended, or the lane is closed. */
const running = new WeakMap<Lane, Map<string, Running>>();
let begun = 0;

/** Begins the loads that are not under way yet, and resolves when all have been for as long as metrics take to show them, `changedAt` being when the lane was last changed, or traffic sent in it that is no load. */
export async function underLoad(lane: Lane, names: readonly string[], changedAt: number, context: RunContext): Promise<void> {
  const loads = await Promise.all(names.map(async (name) => runningOf(lane).get(name) ?? begin(lane, name, context)));
  const { settleMs, windowMs } = context.patience.profile.metrics;
  const since = Math.max(changedAt, ...loads.map((load) => load.since));
  await pause(Math.max(0, since + settleMs - context.now()), context.signal);
  const deadline = context.now() + context.patience.profile.readyMs;
  for (let weak = await weakLoads(lane, names, windowMs); weak !== undefined; weak = await weakLoads(lane, names, windowMs)) {
    if (context.now() > deadline) throw new ConformanceError('POD_NOT_READY', `the machine is too slow to send the loads of lane ${lane.name}, by which metrics are judged: ${weak}. Give it more processor, or run less beside it`);
    await pause(windowMs / 20, context.signal);
  }
}

/** A caller that waits for this long beyond what the server takes, in milliseconds, does not run as it should. */
const mostOverheadMs = 150;

/**
 * What keeps loads from being what their fixture says, by the last milliseconds, in words; undefined where nothing does. A machine that is short of time
 * sends late, and hears late where that counts, and then metrics say nothing that could be compared. Answers of the mesh that refuse are no such thing.
 */
export async function weakLoads(lane: Lane, names: readonly string[], lastMs: number, hearsInTime = false): Promise<string | undefined> {
  const loads = names.map((name) => ({ own: name, load: runningOf(lane).get(name) })).flatMap(({ own, load }) => (load === undefined ? [] : [{ own, load }]));
  const weak = await Promise.all(loads.map(async ({ own, load: { client, name, perSecond } }) => {
    const { successes, failures, refusals, overheadMs = 0 } = await client.loaded(name, lastMs);
    const { timeout = 0 } = refusals;
    const [ended, planned] = [successes + failures + total(refusals) - timeout, (perSecond * lastMs) / 1000];
    if (ended < planned * 0.6) return [`of ${own} ${ended} of ${Math.round(planned)} requests were answered in ${lastMs} ms${timeout > 0 ? `, and ${timeout} were given up` : ''}`];
    return hearsInTime && overheadMs > mostOverheadMs ? [`answers to ${own} were heard ${Math.round(overheadMs)} ms late`] : [];
  }));
  const all = weak.flat();
  return all.length === 0 ? undefined : all.join('; ');
}

/** Ends loads; resolves when nothing of them is under way any more. */
export async function endLoads(lane: Lane, names: readonly string[]): Promise<void> {
  await Promise.all(names.map(async (name) => {
    const load = runningOf(lane).get(name);
    if (load === undefined) throw new ConformanceError('BAD_ASSERTION', `the load ${name} is not under way at this step, so it cannot be ended`);
    runningOf(lane).delete(name);
    await load.client.unload(load.name);
  }));
}

/** What the loads of a lane had answered within the last milliseconds, by name. */
export async function loadsSeen(lane: Lane, lastMs: number): Promise<Record<string, LoadSeen>> {
  const seen = await Promise.all([...runningOf(lane)].map(async ([own, { client, name, perSecond }]): Promise<[string, LoadSeen]> => {
    const { sent, runsMs, successes, failures, refusals } = await client.loaded(name, lastMs);
    return [own, { sent, planned: (runsMs / 1000) * perSecond, successes, failures, refusals }];
  }));
  return Object.fromEntries(seen);
}

function runningOf(lane: Lane): Map<string, Running> {
  const known = running.get(lane);
  if (known !== undefined) return known;
  const made = new Map<string, Running>();
  running.set(lane, made);
  return made;
}

async function begin(lane: Lane, own: string, context: RunContext): Promise<Running> {
  const { failEvery, delayMs, slow, perWindow, ...load } = loadOf(lane, own);
  const { client } = probeOf(lane, load.from);
  const { metrics } = context.patience.profile;
  const name = `${context.runId}-load-${(begun += 1).toString(36)}`;
  const perSecond = (perWindow * metrics.density * 1000) / metrics.windowMs;
  const request = await requestOf(lane, { traffic: { from: load.from, to: load.to, ...(load.protocol === undefined ? {} : { protocol: load.protocol }) }, attempts: 0 }, 0, context);
  await client.load({
    name, request, perSecond, timeoutMs: patientMs + (slow?.ms ?? 0),
    ...(failEvery === undefined ? {} : { failEvery }), ...(delayMs === undefined ? {} : { delayMs }), ...(slow === undefined ? {} : { slow }),
  });
  const started: Running = { name, client, perSecond, since: context.now() };
  runningOf(lane).set(own, started);
  return started;
}

function loadOf({ fixture }: Lane, name: string): Load {
  const load = fixture.load?.find((one) => one.name === name);
  if (load === undefined) throw new ConformanceError('BAD_ASSERTION', `fixture ${fixture.name} has no load ${name}`);
  return load;
}

function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
