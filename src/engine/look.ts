import { qualified } from '../fixture/names.ts';
import type { Lane, LaneProbe } from '../fixture/lane.ts';
import { selects } from '../fixture/objects.ts';
import type { FixtureService } from '../model/fixture.ts';
import type { Traffic } from '../model/assertion.ts';
import type { Expected, Look, Seen } from '../model/observation.ts';
import { findingsOf } from '../judge/index.ts';
import type { AttemptRequest, AttemptResult, RecordsReply } from '../probe/protocol.ts';
import { type RunContext, throwIfCancelled } from './context.ts';

/** One kind of traffic to be seen in a look. */
export interface Item {
  traffic: Traffic;
  expected: Expected;
  attempts: number;
}

/** How many attempts of one client are under way at once. */
const concurrency = 20;
let batches = 0;

/**
 * Sends one interleaved batch of traffic and gathers what both ends saw: the clients' answers, and every server's record of the nonces.
 * Denied traffic also asks each server for a sentinel over loopback after the last attempt, so that silence is proven to be denial.
 */
export async function look(lane: Lane, items: Item[], purpose: Look['purpose'], context: RunContext): Promise<Look> {
  throwIfCancelled(context.signal);
  const at = context.now();
  const batch = `${context.runId}-${(batches += 1).toString(36)}`;
  const results = await attempt(lane, items, batch, context);
  const sentinel = items.some(({ expected }) => expected.outcome === 'denied');
  const records = await recordsOf(lane, batch, sentinel);
  const seen = items.map((item, key) => seenOf(lane, item, key, results.get(key), records));
  const holds = findingsOf({ purpose, seen }).length === 0;
  return { purpose, at: Math.round(at), durationMs: Math.round(context.now() - at), seen, holds };
}

async function attempt(lane: Lane, items: Item[], batch: string, context: RunContext): Promise<Map<number, AttemptResult>> {
  const byClient = Map.groupBy(items.map((item, key) => ({ item, key })), ({ item }) => probeOf(lane, item.traffic.from));
  const timeoutMs = context.patience.profile.requestMs;
  const replies = await Promise.all(
    [...byClient].map(([probe, entries]) => probe.client.attempt({ batch, timeoutMs, concurrency, requests: entries.map(({ item, key }) => requestOf(lane, item, key, context)) })),
  );
  return new Map(replies.flat().map((result) => [result.key, result]));
}

function requestOf(lane: Lane, { traffic, attempts }: Item, key: number, context: RunContext): AttemptRequest {
  const service = serviceOf(lane, traffic.to);
  const protocol = traffic.protocol ?? 'http';
  const port = traffic.port ?? service.ports.find((candidate) => candidate.protocol === protocol)?.port;
  if (port === undefined) throw new TypeError(`service ${traffic.to} of fixture ${lane.fixture.name} has no ${protocol} port`);
  const namespace = lane.namespaces.get(qualified(lane.fixture, traffic.to).namespace) ?? '';
  const host = context.mesh.host.replaceAll('{service}', service.name).replaceAll('{namespace}', namespace);
  const http = { method: traffic.method ?? 'GET', path: traffic.path ?? '/', headers: Object.entries(traffic.headers ?? {}) };
  return { key, protocol, host, port, attempts, ...(protocol === 'http' ? http : {}) };
}

async function recordsOf(lane: Lane, batch: string, sentinel: boolean): Promise<Map<LaneProbe, RecordsReply>> {
  const probes = [...lane.probes.values()];
  const replies = await Promise.all(probes.map(async (probe) => [probe, await probe.client.records(batch, sentinel)] as const));
  return new Map(replies);
}

function seenOf(lane: Lane, { traffic, expected, attempts }: Item, key: number, result: AttemptResult | undefined, records: Map<LaneProbe, RecordsReply>): Seen {
  const answers: Record<string, number> = {};
  const answersByPort: Record<string, number> = {};
  for (const { workload, port, count } of result?.answers ?? []) {
    answers[workload] = (answers[workload] ?? 0) + count;
    answersByPort[`${workload}:${port}`] = (answersByPort[`${workload}:${port}`] ?? 0) + count;
  }
  const reached: Record<string, number> = {};
  for (const [{ workload }, reply] of records) {
    const count = reply.records.find((record) => record.key === key)?.count ?? 0;
    if (count > 0) reached[workload.name] = (reached[workload.name] ?? 0) + count;
  }
  const seen: Seen = { traffic, expected, attempts, answers, answersByPort, refusals: result?.refusals ?? {}, reached };
  return expected.outcome === 'denied' ? { ...seen, alive: targetsAlive(lane, traffic, records) } : seen;
}

/** Whether every pod that the called Service selects recorded its sentinel. */
function targetsAlive(lane: Lane, traffic: Traffic, records: Map<LaneProbe, RecordsReply>): boolean {
  const service = serviceOf(lane, traffic.to);
  const targets = [...records].filter(([{ workload }]) => selects(lane.fixture, service, workload));
  return targets.length > 0 && targets.every(([, { alive }]) => alive);
}

/** The Service of that name in the lane's fixture. */
export function serviceOf(lane: Lane, reference: string): FixtureService {
  const wanted = qualified(lane.fixture, reference);
  const home = qualified(lane.fixture, '').namespace;
  const service = lane.fixture.services.find(({ name, namespace = home }) => name === wanted.name && namespace === wanted.namespace);
  if (service === undefined) throw new TypeError(`fixture ${lane.fixture.name} has no service ${reference}`);
  return service;
}

function probeOf(lane: Lane, reference: string): LaneProbe {
  const { namespace, name } = qualified(lane.fixture, reference);
  const probe = lane.probes.get(`${namespace}/${name}`);
  if (probe === undefined) throw new TypeError(`lane ${lane.name} runs no ${reference}`);
  return probe;
}
