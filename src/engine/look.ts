import type { Lane, LaneProbe } from '../fixture/lane.ts';
import { selects } from '../fixture/objects.ts';
import type { Traffic } from '../model/assertion.ts';
import type { Expected, Look, Seen } from '../model/observation.ts';
import { findingsOf } from '../judge/index.ts';
import { familyOf } from '../model/specification.ts';
import type { AttemptRequest, AttemptResult, RecordsReply } from '../probe/protocol.ts';
import { addressOf, probeOf, serviceOf } from './address.ts';
import { forgedHeaders } from './forged.ts';
import { type RunContext, throwIfCancelled } from './context.ts';

/** One kind of traffic to be seen in a look. */
export interface Item {
  traffic: Traffic;
  expected: Expected;
  attempts: number;
  connection?: 'kept';
}

/** Nobody waits longer for a datagram that may have been dropped in silence. */
const datagramMs = 1_000;

/** How many attempts of one client are under way at once. */
const concurrency = 20;
let batches = 0;

/**
 * Sends one interleaved batch of traffic and gathers what both ends saw: the clients' answers, and every server's record of the nonces.
 * Denied traffic also asks each server that it is for for a sentinel over loopback after the last attempt, so that silence is proven to be denial.
 */
export async function look(lane: Lane, items: Item[], purpose: Look['purpose'], context: RunContext): Promise<Look> {
  const { at, batch, results } = await sent(lane, items, context);
  const records = await recordsOf(lane, items, batch);
  const seen = items.map((item, key) => ({ ...seenOf(item, results.get(key), context), reached: reachedOf(records, key), ...aliveOf(lane, item, records) }));
  const holds = findingsOf({ purpose, seen }).length === 0;
  return { purpose, at: Math.round(at), durationMs: Math.round(context.now() - at), seen, holds };
}

/** The callers' side of a look alone, where silence is taken for denial: it can show that something is not so. That it is so takes a look. */
export async function glance(lane: Lane, items: Item[], purpose: Look['purpose'], context: RunContext): Promise<Look> {
  const { at, results } = await sent(lane, items, context);
  const seen = items.map((item, key): Seen => ({ ...seenOf(item, results.get(key), context), reached: {} }));
  const holds = findingsOf({ purpose, seen: seen.map((one) => ({ ...one, alive: true })) }).length === 0;
  return { purpose, at: Math.round(at), durationMs: Math.round(context.now() - at), seen, holds };
}

/** What the clients answered to one batch, by the item's place. */
interface Sent {
  /** Milliseconds since the run began. */
  at: number;
  batch: string;
  results: Map<number, AttemptResult>;
}

async function sent(lane: Lane, items: Item[], context: RunContext): Promise<Sent> {
  throwIfCancelled(context.signal);
  const at = context.now();
  const batch = `${context.runId}-${(batches += 1).toString(36)}`;
  return { at, batch, results: await attempt(lane, items, batch, context) };
}

async function attempt(lane: Lane, items: Item[], batch: string, context: RunContext): Promise<Map<number, AttemptResult>> {
  const requests = await Promise.all(items.map(async (item, key) => ({ request: await requestOf(lane, item, key, context), probe: probeOf(lane, item.traffic.from) })));
  const byClient = Map.groupBy(requests, ({ probe }) => probe);
  const { requestMs } = context.patience.profile;
  const replies = await Promise.all(
    [...byClient].flatMap(([probe, entries]) => {
      const [datagrams, streams] = [true, false].map((is) => entries.filter(({ request }) => (request.protocol === 'udp') === is).map(({ request }) => request));
      const send = (sent: AttemptRequest[] = [], timeoutMs: number) => (sent.length === 0 ? [] : [probe.client.attempt({ batch, timeoutMs, concurrency, requests: sent })]);
      return [...send(streams, requestMs), ...send(datagrams, Math.min(datagramMs, requestMs / 2))];
    }),
  );
  return new Map(replies.flat().map((result) => [result.key, result]));
}

/** One kind of traffic as a probe is asked to send it. */
export async function requestOf(lane: Lane, { traffic, attempts, connection }: Pick<Item, 'traffic' | 'attempts' | 'connection'>, key: number, context: RunContext): Promise<AttemptRequest> {
  const { protocol = 'http', method = 'GET', path = '/', headers = {}, posingAs } = traffic;
  const { host, port, called } = await addressOf(lane, traffic, context);
  const request = { key, protocol, host, port, attempts, ...(connection === undefined ? {} : { connection }) };
  if (familyOf[protocol] !== 'http') return request;
  const written = Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value]));
  const own = called === undefined || written.some(([name]) => name.toLowerCase() === 'host') ? [] : [['Host', called] as [string, string]];
  const forged = posingAs === undefined ? [] : forgedHeaders(probeOf(lane, posingAs), context);
  return { ...request, method, path, headers: [...own, ...written, ...forged] };
}

async function recordsOf(lane: Lane, items: readonly Item[], batch: string): Promise<Map<LaneProbe, RecordsReply>> {
  const denied = new Set(items.filter(({ expected }) => expected.outcome === 'denied').flatMap(({ traffic }) => targetsOf(lane, traffic)));
  const replies = await Promise.all([...lane.probes.values()].map(async (probe) => [probe, await probe.client.records(batch, denied.has(probe))] as const));
  return new Map(replies);
}

function seenOf({ traffic, expected, attempts }: Item, result: AttemptResult | undefined, { patience }: RunContext): Omit<Seen, 'reached'> {
  const answers: Record<string, number> = {};
  const answersByPort: Record<string, number> = {};
  for (const { workload, port, count } of result?.answers ?? []) {
    answers[workload] = (answers[workload] ?? 0) + count;
    answersByPort[`${workload}:${port}`] = (answersByPort[`${workload}:${port}`] ?? 0) + count;
  }
  const run = result?.longestRun === undefined ? {} : { longestRun: result.longestRun };
  // A process that stands still for a quarter of the time-out is no judge of who was too late.
  const starved = result?.lagMs !== undefined && result.lagMs >= patience.profile.requestMs / 4 ? { starvedMs: result.lagMs } : {};
  return { traffic, expected, attempts, answers, answersByPort, refusals: result?.refusals ?? {}, ...run, ...starved };
}

function reachedOf(records: Map<LaneProbe, RecordsReply>, key: number): Seen['reached'] {
  const reached: Seen['reached'] = {};
  for (const [{ workload }, reply] of records) {
    const count = reply.records.find((record) => record.key === key)?.count ?? 0;
    if (count > 0) reached[workload.name] = (reached[workload.name] ?? 0) + count;
  }
  return reached;
}

/** Whether every pod that denied traffic is for recorded its sentinel. */
function aliveOf(lane: Lane, { traffic, expected }: Item, records: Map<LaneProbe, RecordsReply>): Pick<Seen, 'alive'> {
  if (expected.outcome !== 'denied') return {};
  const targets = targetsOf(lane, traffic);
  return { alive: targets.length > 0 && targets.every((probe) => records.get(probe)?.alive === true) };
}

/** The pods that the called Service selects. */
function targetsOf(lane: Lane, traffic: Traffic): LaneProbe[] {
  const service = serviceOf(lane, traffic.to);
  return [...lane.probes.values()].filter(({ workload }) => selects(lane.fixture, service, workload));
}
