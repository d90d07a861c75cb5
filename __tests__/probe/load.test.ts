import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connect, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { startProbe, type RunningProbe } from '../../src/probe/agent.ts';
import { startLoad } from '../../src/probe/attempts/load.ts';
import { runBatch } from '../../src/probe/attempts/run.ts';
import { ProbeClient } from '../../src/probe/client.ts';
import type { ProbeNetwork } from '../../src/probe/network.ts';
import { controlPort, type AttemptRequest, type LoadedReply, type LoadRequest } from '../../src/probe/protocol.ts';

const real = new Map<number, number>();
const network: ProbeNetwork = {
  connect: (_host, port) => connect({ host: '127.0.0.1', port: real.get(port) ?? 1 }),
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
const request: AttemptRequest = { key: 0, protocol: 'http', host: 'srv', port: 8080, attempts: 0 };
const load = (more: Partial<LoadRequest> = {}): LoadRequest => ({ name: 'load-1', request, perSecond: 200, timeoutMs: 5_000, ...more });

let probe: RunningProbe;
beforeEach(async () => {
  probe = await startProbe({ pod: 'srv-1', namespace: 'ns', serviceAccount: 'srv', workload: 'srv', listeners: [{ port: 8080, protocol: 'http' }, { port: 7070, protocol: 'tcp' }] }, network);
});
afterEach(() => probe.close());

/** Runs a load until so many attempts have ended. */
async function ran(wanted: LoadRequest, attempts: number): Promise<LoadedReply> {
  const running = startLoad(wanted, network);
  try {
    for (;;) {
      const seen = running.loaded(60_000);
      if (seen.successes + seen.failures + Object.values(seen.refusals).reduce((sum, one) => sum + one, 0) >= attempts) return seen;
      await pause(5);
    }
  } finally {
    await running.end();
  }
}

describe('a load', () => {
  test('is sent at its rate by the clock, not as fast as it is answered', async () => {
    const { sent, runsMs, successes } = await ran(load(), 40);
    expect(successes).toBeGreaterThanOrEqual(40);
    expect(sent).toBeLessThanOrEqual(Math.floor((runsMs * 200) / 1000) + 2);
    expect(runsMs).toBeGreaterThanOrEqual(190);
  });

  test('has every so many answered 500, which are failures and no refusals', async () => {
    const { successes, failures, refusals } = await ran(load({ failEvery: 5 }), 50);
    expect(refusals).toEqual({});
    expect(failures).toBeGreaterThanOrEqual(9);
    expect(Math.abs(failures / (successes + failures) - 0.2)).toBeLessThan(0.03);
  });

  test('has the application take its time, longer where it says so, and no others wait for those', async () => {
    const running = startLoad(load({ delayMs: 1, slow: { of: 10, count: 1, ms: 400 } }), network);
    await pause(250);
    const early = running.loaded(60_000);
    await running.end();
    const all = running.loaded(60_000);
    // Of what was sent in the first quarter of a second the tenth part is still under way.
    expect(early.successes).toBeLessThan(early.sent);
    expect(early.successes).toBeGreaterThan(early.sent / 2);
    expect(all.successes).toBe(all.sent);
  });

  test('says how it was refused, and counts only the last milliseconds that were asked for', async () => {
    const { refusals, successes } = await ran(load({ request: { ...request, port: 1 } }), 5);
    expect([Object.keys(refusals), successes]).toEqual([['ECONNREFUSED'], 0]);
    const running = startLoad(load(), network);
    await pause(100);
    await running.end();
    await pause(30);
    expect(running.loaded(1).successes).toBe(0);
    expect(running.loaded(10_000).successes).toBe(running.loaded(10_000).sent);
  });

  test('can be of TCP', async () => {
    expect((await ran(load({ request: { ...request, protocol: 'tcp', port: 7070 } }), 5)).refusals).toEqual({});
  });

  test('cannot be sent at no rate', () => {
    expect(() => startLoad(load({ perSecond: 0 }), network)).toThrow('its rate must be above 0');
  });
});

describe('over the control port', () => {
  test('a load is begun, looked at, and ended with all that was under way', async () => {
    const client = ProbeClient.open(network.connect('', controlPort));
    try {
      await client.load(load({ delayMs: 20 }));
      await pause(100);
      expect((await client.loaded('load-1', 1_000)).sent).toBeGreaterThan(3);
      await client.unload('load-1');
      await expect(client.loaded('load-1', 1_000)).rejects.toThrow('sends no load "load-1"');
      await expect(client.unload('other')).rejects.toThrow('sends no load "other"');
    } finally {
      client.close();
    }
  });
});

describe('the application', () => {
  test('answers as a nonce asks, and nobody without one may ask', async () => {
    const [result] = await runBatch({ batch: 'b', requests: [{ ...request, attempts: 3, headers: [['x-smi-answer', '500']] }], concurrency: 3, timeoutMs: 1_000 }, network, new AbortController().signal);
    expect(result?.refusals).toEqual({ 'HTTP 500': 3 });
    const answer = await fetch(`http://127.0.0.1:${real.get(8080)}/`, { headers: { 'x-smi-answer': '500', 'x-smi-delay': '5000' }, signal: AbortSignal.timeout(2_000) });
    expect(answer.status).toBe(200);
  });
});
