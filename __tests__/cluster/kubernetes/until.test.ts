import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Cluster } from '../../../src/cluster/port.ts';
import { type ApiServer, startApiServer } from '../../stand-ins/api-server.ts';
import { failure, kubeconfig, open, rejection, scratch } from './helpers.ts';
import { openKubernetes } from '../../../src/cluster/kubernetes/index.ts';

let api: ApiServer;
let base: Cluster;
let stopping: AbortController;
let cluster: Cluster;
beforeEach(async () => {
  api = await startApiServer();
  base = await open(api);
  stopping = new AbortController();
  cluster = base.until(stopping.signal);
});
afterEach(async () => {
  await base.close();
  await api.close();
});

const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'n' };
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' } };

/** Every answer is 503, and each asks to be asked again in a quarter of a minute. */
function refuseAll(): void {
  api.intercept = (_seen, response) => Boolean(response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '15' }).end('{"kind":"Status","status":"Failure","reason":"ServiceUnavailable","message":"the API server is not ready","code":503}'));
}

/** Answers nothing. */
function keepSilent(): Promise<void> {
  const asked = Promise.withResolvers<void>();
  api.intercept = () => {
    asked.resolve();
    return true;
  };
  return asked.promise;
}

/** What a call rejects with, and how long after the abort, in milliseconds. */
async function afterAbort(call: Promise<unknown>, begun: Promise<unknown> = Promise.resolve()): Promise<{ error: unknown; tookMs: number }> {
  const settled = rejection(call);
  await begun;
  const aborted = performance.now();
  stopping.abort('SIGTERM');
  return { error: await settled, tookMs: performance.now() - aborted };
}

const calls: [string, () => Promise<unknown>][] = [
  ['get', () => cluster.get(namespace)],
  ['list', () => cluster.list({ apiVersion: 'v1', kind: 'Pod' })],
  ['create', () => cluster.create(pod)],
  ['replace', () => cluster.replace(pod)],
  ['delete', () => cluster.delete(namespace)],
  ['about', () => cluster.about()],
  ['served', () => cluster.served()],
  ['mayI', () => cluster.mayI('get', '', 'pods')],
  ['logs', () => cluster.logs({ namespace: 'default', name: 'p' }, 'c', 1)],
];

describe('a call that hears a signal', () => {
  test.each(calls)('%s: ends at once while the server asks for patience', async (_name, call) => {
    refuseAll();
    const seen = api.seen.length;
    const begun = async (): Promise<void> => {
      while (api.seen.length === seen) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const { error, tookMs } = await afterAbort(call(), begun());
    expect(error).toMatchObject({ code: 'CANCELLED', message: 'the run was stopped by SIGTERM' });
    expect(tookMs).toBeLessThan(500);
  });

  test('ends at once while an answer is read, or a way into a pod is opened', async () => {
    expect(await afterAbort(cluster.get(namespace), keepSilent())).toMatchObject({ error: { code: 'CANCELLED' }, tookMs: expect.closeTo(0, -3) });
    expect(await failure(cluster.forward({ namespace: 'default', name: 'p' }, 1))).toMatchObject({ code: 'CANCELLED' });
  });

  test('gives what it has sent to be created a moment to be answered', async () => {
    await cluster.get({ ...namespace, name: 'default' });
    const { promise, resolve } = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    api.intercept = (seen, response, _request, store) => {
      asked.resolve();
      void promise.then(() => response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(store.answer(seen).body)));
      return true;
    };
    const created = cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } });
    await asked.promise;
    stopping.abort('SIGINT');
    resolve();
    expect((await created).metadata.name).toBe('n');
  });

  test('but no more than a moment', async () => {
    await cluster.get({ ...namespace, name: 'default' });
    const { error, tookMs } = await afterAbort(cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } }), keepSilent());
    expect(error).toMatchObject({ code: 'CANCELLED' });
    expect(tookMs).toBeLessThan(3_000);
  });

  test('sends nothing more when it is begun afterwards, and is none of the others’ matter', async () => {
    stopping.abort('SIGINT');
    refuseAll();
    expect(await failure(cluster.get(namespace))).toMatchObject({ code: 'CANCELLED' });
    api.intercept = undefined;
    await expect(base.get(namespace)).resolves.toBeUndefined();
  });

  test('with a grace, it may be answered in that time, and rejects with what went wrong last', async () => {
    const asked = base.until(stopping.signal, 400);
    stopping.abort('SIGINT');
    await expect(asked.get(namespace)).resolves.toBeUndefined();
    refuseAll();
    const began = performance.now();
    expect(await rejection(asked.get(namespace))).toMatchObject({ name: 'ApiError', status: 503, isAway: true });
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(performance.now() - began).toBeGreaterThan(300);
  });

  test('connecting hears it too', async () => {
    using files = scratch();
    refuseAll();
    stopping.abort('SIGTERM');
    expect(await failure(openKubernetes({ kubeconfig: files.write('config', kubeconfig(api.url)), signal: stopping.signal }))).toMatchObject({ code: 'CANCELLED' });
  });
});
