import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connect, type Server } from 'node:net';
import { startProbe, type RunningProbe } from '../../src/probe/agent.ts';
import { holdTraffic } from '../../src/probe/attempts/held.ts';
import { runBatch } from '../../src/probe/attempts/run.ts';
import type { ProbeNetwork } from '../../src/probe/network.ts';
import type { AttemptRequest } from '../../src/probe/protocol.ts';

/** A pod's network on this machine's loopback, with ports of its own choosing. It counts connections, and can cut those that are open. */
function loopback(): ProbeNetwork & { connections: number; cut(): void } {
  const real = new Map<number, number>();
  const open = new Set<ReturnType<typeof connect>>();
  const network = {
    connections: 0,
    cut: () => open.forEach((socket) => socket.destroy()),
    connect(_host: string, port: number) {
      network.connections += 1;
      const socket = connect({ host: '127.0.0.1', port: real.get(port) ?? 1 });
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      return socket;
    },
    listen: (server: Server, port: number) => new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port: 0 }, () => {
        real.set(port, (server.address() as { port: number }).port);
        resolve();
      });
    }),
    ask: () => Promise.reject(new Error('no datagrams here')),
    answer: () => Promise.reject(new Error('no datagrams here')),
  };
  return network;
}

const config = {
  pod: 'srv-1', namespace: 'ns', serviceAccount: 'srv', workload: 'srv',
  listeners: [{ port: 8080, protocol: 'http' }, { port: 7070, protocol: 'tcp' }, { port: 7073, protocol: 'tcp-first' }] as const,
};
const request = (more: Partial<AttemptRequest>): AttemptRequest => ({ key: 0, protocol: 'http', host: 'srv', port: 8080, attempts: 5, ...more });
const signal = new AbortController().signal;

let network: ReturnType<typeof loopback>;
let probe: RunningProbe;
beforeEach(async () => {
  network = loopback();
  probe = await startProbe({ ...config, listeners: [...config.listeners] }, network);
});
afterEach(() => probe.close());

async function attempt(more: Partial<AttemptRequest>): Promise<{ answered: number; refusals: Record<string, number>; connections: number; longestRun?: number }> {
  const before = network.connections;
  const [result] = await runBatch({ batch: `b${before}`, requests: [request(more)], concurrency: 3, timeoutMs: 500 }, network, signal);
  const answered = (result?.answers ?? []).reduce((sum, { count }) => sum + count, 0);
  return { answered, refusals: result?.refusals ?? {}, connections: network.connections - before, ...(result?.longestRun === undefined ? {} : { longestRun: result.longestRun }) };
}

describe('an attempt', () => {
  test.each([
    ['HTTP/1.1', {}],
    ['HTTP/2', { protocol: 'h2c' }],
    ['HTTP/2 with a body-less method and headers that come twice', { protocol: 'h2c', method: 'HEAD', headers: [['X-Ver', 'a'], ['x-ver', 'b']] }],
    ['gRPC', { protocol: 'h2c', method: 'POST', path: '/pkg.Svc/Get', headers: [['content-type', 'application/grpc'], ['te', 'trailers']] }],
    ['TCP', { protocol: 'tcp', port: 7070 }],
    ['TCP to a server that speaks first', { protocol: 'tcp-first', port: 7073 }],
  ] as [string, Partial<AttemptRequest>][])('over %s takes a connection of its own and is answered', async (_name, more) => {
    expect(await attempt(more)).toEqual({ answered: 5, refusals: {}, connections: 5 });
  });

  test('that waits for a server to speak is not answered by one that waits as well', async () => {
    expect(await attempt({ protocol: 'tcp-first', port: 7070, attempts: 1 })).toMatchObject({ answered: 0, refusals: { timeout: 1 } });
  });

  test('over HTTP/2 says how it was refused', async () => {
    expect(await attempt({ protocol: 'h2c', port: 7070, attempts: 1 })).toMatchObject({ answered: 0 });
    expect(await attempt({ protocol: 'h2c', port: 9999, attempts: 1 })).toMatchObject({ refusals: { ECONNREFUSED: 1 } });
  });
});

describe('a kept connection', () => {
  test.each([['http', 8080], ['h2c', 8080], ['tcp', 7070]] as const)('over %s carries every attempt', async (protocol, port) => {
    expect(await attempt({ protocol, port, attempts: 20, connection: 'kept' })).toEqual({ answered: 20, refusals: {}, connections: 1, longestRun: 20 });
  });

  test('is not offered where a connection is over with its answer', async () => {
    await expect(attempt({ protocol: 'tcp-first', port: 7073, connection: 'kept' })).rejects.toThrow(/cannot keep a connection/);
  });
});

describe('held traffic', () => {
  test.each([['http', 8080], ['tcp', 7070], ['h2c', 8080]] as const)('over %s goes on until it is ended, and tells when it was cut', async (protocol, port) => {
    const held = holdTraffic({ name: 'held', request: request({ protocol, port, attempts: 0, connection: 'kept' }), everyMs: 5, timeoutMs: 200 }, network);
    await held.begun;
    await probe.close();
    // Each attempt that follows opens a connection, since there is none left: the third shows that the second was refused.
    while (network.connections < 3) await new Promise((resolve) => setTimeout(resolve, 1));
    const { attempts, answers, refusals, refusedAtMs } = await held.end();
    expect(answers).toEqual([expect.objectContaining({ workload: 'srv' })]);
    const refused = Object.values(refusals).reduce((sum, count) => sum + count, 0);
    expect(refused).toBeGreaterThan(0);
    expect(refusedAtMs).toHaveLength(refused);
    expect(attempts).toBe(refused + (answers[0]?.count ?? 0));
  });

  test('over fresh connections takes one for each attempt', async () => {
    const held = holdTraffic({ name: 'held', request: request({ attempts: 0 }), everyMs: 1, timeoutMs: 200 }, network);
    await held.begun;
    const { attempts, refusals } = await held.end();
    expect(attempts).toBe(network.connections);
    expect(refusals).toEqual({});
  });
});

