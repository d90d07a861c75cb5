import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { startProbe } from '../../../src/probe/agent.ts';
import { ProbeClient } from '../../../src/probe/client.ts';
import { controlPort } from '../../../src/probe/protocol.ts';
import type { AttemptRequest, AttemptResult } from '../../../src/probe/protocol.ts';
import { httpRouteGroup, pod, service, tcpRoute, trafficSplit, trafficTarget } from '../dataplane/test-store.ts';
import { createBed } from './bed.ts';
import type { Bed } from './bed.ts';

let bed: Bed;
let client: ProbeClient;
const closers: (() => Promise<void>)[] = [];

/** Probes as they run on the embedded cluster: a root over two versions, and a caller. */
beforeEach(async () => {
  bed = createBed();
  const ports = [{ name: 'http-8080', port: 8080 }, { name: 'tcp-7070', port: 7070 }, { name: 'udp-5353', port: 5353, protocol: 'UDP' }];
  bed.store.put(tcpRoute('ports'), trafficTarget('t', { destination: 'web', sources: ['caller'] }), trafficTarget('raw', { destination: 'web', sources: ['caller'], rules: ['TCPRoute/ports'] }));
  bed.store.put(service('web', { app: 'web' }, ports), service('web-v1', { version: 'v1' }, ports), service('web-v2', { version: 'v2' }, ports));
  for (const version of ['v0', 'v1', 'v2']) await probe(`web-${version}`, 'web', { app: 'web', version });
  const port = await probe('caller', 'caller', { app: 'caller' });
  client = ProbeClient.open(connect({ host: '127.0.0.1', port }));
});
afterEach(async () => {
  client.close();
  await Promise.all(closers.splice(0).map((close) => close()));
  await bed.close();
});

async function probe(name: string, serviceAccount: string, labels: Record<string, string>): Promise<number> {
  const network = bed.network.attach({ namespace: 'ns', name, serviceAccount, labels, meshed: true });
  const running = await startProbe({ pod: name, namespace: 'ns', serviceAccount, workload: name, listeners: [{ port: 8080, protocol: 'http' }, { port: 7070, protocol: 'tcp' }, { port: 5353, protocol: 'udp' }] }, network);
  closers.push(() => running.close());
  bed.store.put(pod(name, labels));
  return network.loopbackPort(controlPort) ?? 0;
}

let batches = 0;
async function attempt(attempts: number, request: Partial<AttemptRequest> = {}): Promise<{ answers: Record<string, number>; refusals: AttemptResult['refusals'] }> {
  const [result] = await client.attempt({ batch: `b${(batches += 1)}`, concurrency: 20, timeoutMs: 2000, requests: [{ key: 0, protocol: 'http', host: 'web', port: 8080, attempts, ...request }] });
  return { answers: Object.fromEntries((result?.answers ?? []).map(({ workload, count }) => [workload, count])), refusals: result?.refusals ?? {} };
}

describe('a TrafficSplit', () => {
  test('of 75 and 25 gives its backends that, within the interval that a sound mesh misses once in a million times', async () => {
    bed.store.put(trafficSplit({ 'web-v1': 75, 'web-v2': 25 }));
    const { answers, refusals } = await attempt(1000);
    expect(refusals).toEqual({});
    expect(Object.keys(answers).sort()).toEqual(['web-v1', 'web-v2']);
    expect(answers['web-v1']).toBeGreaterThanOrEqual(681);
    expect(answers['web-v1']).toBeLessThanOrEqual(815);
  });

  test('of 100 and 0 gives the one everything, over HTTP, TCP and UDP; without it all pods of the root answer', async () => {
    const kinds: Partial<AttemptRequest>[] = [{}, { protocol: 'tcp', port: 7070 }];
    for (const kind of kinds) expect(Object.keys((await attempt(80, kind)).answers).sort()).toEqual(['web-v0', 'web-v1', 'web-v2']);
    bed.store.put(trafficSplit({ 'web-v1': 100, 'web-v2': 0 }));
    for (const kind of kinds) expect(await attempt(80, kind)).toEqual({ answers: { 'web-v1': 80 }, refusals: {} });
    bed.store.put(httpRouteGroup('all', { name: 'all' }));
    expect((await attempt(5, { protocol: 'udp', port: 5353 })).answers).toEqual({});
  });

  test('of zeros alone refuses', async () => {
    bed.store.put(trafficSplit({ 'web-v1': 0, 'web-v2': 0 }));
    expect(await attempt(5)).toEqual({ answers: {}, refusals: { 'HTTP 503': 5 } });
  });

  test('with matches is for the requests that they take', async () => {
    bed.store.put(httpRouteGroup('firefox', { name: 'm', headers: { 'user-agent': '.*Firefox.*' } }), trafficSplit({ 'web-v1': 0, 'web-v2': 100 }, ['firefox']));
    expect((await attempt(60, { headers: [['User-Agent', 'Mozilla Firefox/140']] })).answers).toEqual({ 'web-v2': 60 });
    expect(Object.keys((await attempt(80, { headers: [['User-Agent', 'curl']] })).answers).sort()).toEqual(['web-v0', 'web-v1', 'web-v2']);
  });

  test('leaves its backends callable by their own names', async () => {
    bed.store.put(trafficSplit({ 'web-v1': 100, 'web-v2': 0 }));
    expect((await attempt(10, { host: 'web-v2' })).answers).toEqual({ 'web-v2': 10 });
  });
});

test('a probe is alive by its own loopback, whatever the mesh denies', async () => {
  bed.store.remove('TrafficTarget', 't');
  const batch = 'alive';
  await client.attempt({ batch, concurrency: 1, timeoutMs: 1000, requests: [] });
  expect((await client.records(batch, true)).alive).toBe(true);
});
