import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ApiError, type Cluster } from '../../src/cluster/port.ts';
import { createAbsence, unlessAway } from '../../src/engine/absence.ts';
import { createPatience } from '../../src/engine/patience.ts';
import type { RunContext } from '../../src/engine/context.ts';
import type { Assertion } from '../../src/model/assertion.ts';
import type { RawObservation } from '../../src/model/observation.ts';
import type { Planned } from '../../src/suite/index.ts';
import { open } from '../cluster/kubernetes/helpers.ts';
import { type ApiServer, startApiServer } from '../stand-ins/api-server.ts';
import { fakeContext } from './fake-lane.ts';

jest.setTimeout(20_000);

/** A context whose API server does not answer the first questions. */
function contextAway(times: number, answer = 404, more: Partial<RunContext> = {}): ReturnType<typeof fakeContext> & { asked(): number } {
  let asked = 0;
  const part: Pick<Cluster, 'read' | 'until'> = {
    until: () => part as Cluster,
    read: () => ((asked += 1) <= times ? Promise.reject(new ApiError(0, 'ECONNREFUSED', 'it refuses connections')) : Promise.resolve({ status: answer, body: undefined })),
  };
  const { absence: _, ...context } = fakeContext({ cluster: part as Cluster, ...more });
  return { ...context, absence: createAbsence(context), asked: () => asked };
}

const lost = new ApiError(0, 'ECONNREFUSED', 'it refuses connections');

describe('an API server that is away', () => {
  test('is waited for by all together, and they are told once', async () => {
    const { absence, events, asked } = contextAway(3);
    await Promise.all([absence.over('one'), absence.over('two'), absence.over('three')]);
    expect(asked()).toBe(4);
    expect(events).toEqual([
      { type: 'notice', level: 'warning', message: 'the API server does not answer: one. It is waited for, up to 1 s' },
      { type: 'notice', level: 'info', message: expect.stringMatching(/^the API server answers again, after \d s/) },
    ]);
    expect(absence.wasSince(0)).toBe(true);
    expect(absence.lost).toBeUndefined();
  });

  test('that answers at once was not away for anybody else', async () => {
    const { absence, events } = contextAway(0);
    await absence.over('one');
    expect(events).toEqual([]);
    expect(absence.wasSince(0)).toBe(false);
  });

  test('is away as long as something else answers for it', async () => {
    const { absence } = contextAway(0, 503);
    await expect(absence.over('one')).rejects.toMatchObject({ code: 'CLUSTER_LOST', message: expect.stringContaining('it answers HTTP 503') });
  });

  test('that does not come back in time ends everything that waits for it, then and later', async () => {
    const { absence } = contextAway(Infinity);
    const both = await Promise.allSettled([absence.over('one'), absence.over('two')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(absence.lost).toMatchObject({ code: 'CLUSTER_LOST', message: expect.stringContaining('did not come back within 1 s: it refuses connections') });
    await expect(absence.over('three')).rejects.toBe(absence.lost);
  });

  test('is not waited for any longer when the run is cancelled', async () => {
    const stopping = new AbortController();
    const { absence } = contextAway(Infinity, 200, { signal: stopping.signal, patience: createPatience({ ...fakeContext().patience.profile, awayMs: 60_000 }) });
    const waiting = absence.over('one');
    setTimeout(() => stopping.abort('SIGTERM'), 100);
    const began = performance.now();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED', message: 'the run was stopped by SIGTERM' });
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test('has what it cut off done again, but not what failed for another reason, nor for ever', async () => {
    const { absence } = contextAway(1);
    const tries: boolean[] = [];
    await expect(absence.survive((again) => (tries.push(again), again ? Promise.resolve('done') : Promise.reject(lost)))).resolves.toBe('done');
    expect(tries).toEqual([false, true]);
    const forbidden = new ApiError(403, 'Forbidden', 'no');
    await expect(absence.survive(() => Promise.reject(forbidden))).rejects.toBe(forbidden);
    let times = 0;
    await expect(absence.survive(() => ((times += 1), Promise.reject(lost)))).rejects.toBe(lost);
    expect(times).toBe(4);
  });

  test('has changes waited for as long as whoever lost it needs to come back', async () => {
    const { absence, patience } = contextAway(4);
    patience.learned(1);
    const before = patience.deadlineMs();
    await absence.over('one');
    expect(patience.deadlineMs()).toBeGreaterThan(before);
  });
});

describe('a real connection to it', () => {
  let api: ApiServer;
  let cluster: Cluster;
  const stopping = new AbortController();
  beforeAll(async () => {
    api = await startApiServer();
    cluster = await open(api);
  });
  afterAll(async () => {
    await cluster.close();
    await api.close();
  });
  const absenceOf = (signal: AbortSignal) => createAbsence({ ...fakeContext(), patience: createPatience({ ...fakeContext().patience.profile, awayMs: 30_000 }), signal, cluster: cluster.until(signal) });

  test('is found to be back', async () => {
    api.intercept = (_seen, response) => Boolean(response.destroy());
    const absence = absenceOf(stopping.signal);
    const waiting = absence.over('the connection broke');
    setTimeout(() => (api.intercept = undefined), 1_000);
    await waiting;
    expect(absence.wasSince(0)).toBe(true);
    expect(absence.lost).toBeUndefined();
    expect(api.seen.at(-1)?.path).toBe('/readyz');
  });

  test('is not waited for after a cancel, though it asks for patience', async () => {
    api.intercept = (_seen, response) => Boolean(response.writeHead(503, { 'retry-after': '15' }).end());
    const waiting = absenceOf(stopping.signal).over('it answers 503');
    setTimeout(() => stopping.abort('SIGINT'), 300);
    const began = performance.now();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(performance.now() - began).toBeLessThan(1_500);
  });
});

describe('what was seen while it was away', () => {
  const entry = { version: 'v1alpha4', gate: false, assertion: { id: 'traffic-access/one', steps: [{ observe: { ready: true } }] } as unknown as Assertion } as unknown as Planned;
  const observed = (holds: boolean): RawObservation => ({ outcome: 'observed', steps: [{ verb: 'observe', subject: 's', holds, expected: 'e', seen: 'x' }] });
  const away = { ...contextAway(0).absence, wasSince: (time: number) => time <= 100 };

  test('says nothing against a mesh', () => {
    expect(unlessAway(observed(false), entry, 50, away)).toMatchObject({ outcome: 'errored', code: 'CLUSTER_LOST' });
    expect(unlessAway({ outcome: 'skipped', reason: 'there is one version only' }, entry, 50, away)).toMatchObject({ outcome: 'errored', code: 'CLUSTER_LOST', reason: 'the API server was away while the assertion ran: there is one version only' });
  });

  test('but what came true has, and afterwards all counts', () => {
    expect(unlessAway(observed(true), entry, 50, away)).toEqual(observed(true));
    expect(unlessAway(observed(false), entry, 101, away)).toEqual(observed(false));
  });
});
