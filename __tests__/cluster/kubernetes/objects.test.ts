import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Cluster, KubeObject } from '../../../src/cluster/port.ts';
import { ApiError } from '../../../src/cluster/port.ts';
import { type ApiServer, type Intercept, startApiServer } from '../../stand-ins/api-server.ts';
import { briefPatience, open, rejection } from './helpers.ts';

let api: ApiServer;
let cluster: Cluster;

beforeEach(async () => {
  api = await startApiServer({ authorization: 'Bearer tok-secret' });
  cluster = await open(api, undefined, { token: 'tok-secret' });
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } });
});

afterEach(async () => {
  await cluster.close();
  await api.close();
});

const configMap = (name: string, more: object = {}): KubeObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'n', ...more } });
const ref = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'n', name });
const split = (spec: object): KubeObject => ({ apiVersion: 'split.smi-spec.io/v1alpha4', kind: 'TrafficSplit', metadata: { name: 's', namespace: 'n' }, spec });

/** Intercepts the first so many requests of a method. */
function first(count: number, method: string, intercept: Intercept): void {
  let left = count;
  api.intercept = (...all) => {
    if (all[0].method !== method || left === 0) return false;
    left -= 1;
    return intercept(...all);
  };
}

const answering = (status: number, headers: Record<string, string> = {}, body = 'busy'): Intercept => (_seen, response) => Boolean(response.writeHead(status, headers).end(body));
const requests = (method: string) => api.seen.filter((seen) => seen.method === method);

describe('reading', () => {
  test('gives the object as it is stored, or undefined where there is none', async () => {
    const created = await cluster.create(configMap('a', { annotations: { 'x/y': '2026-01-01T00:00:00Z' } }));
    expect(await cluster.get(ref('a'))).toEqual(created);
    expect(await cluster.get(ref('b'))).toBeUndefined();
    expect(await cluster.get({ apiVersion: 'none.io/v1', kind: 'None', name: 'a' })).toBeUndefined();
    expect(await cluster.get({ apiVersion: 'v1', kind: 'None', name: 'a' })).toBeUndefined();
  });

  test('asks for what it knows of an API version once, and anew when the path is gone', async () => {
    const discovery = () => api.seen.filter(({ path }) => path === '/apis/split.smi-spec.io/v1alpha4').length;
    const where = { apiVersion: 'split.smi-spec.io/v1alpha4', kind: 'TrafficSplit', namespace: 'n', name: 's' };
    await cluster.get(where);
    await cluster.get(where);
    expect(discovery()).toBe(1);
    const types = api.store.types.get('split.smi-spec.io/v1alpha4') ?? [];
    api.store.types.delete('split.smi-spec.io/v1alpha4');
    expect(await cluster.get(where)).toBeUndefined();
    api.store.types.set('split.smi-spec.io/v1alpha4', types.map((type) => ({ ...type, name: 'renamed' })));
    await cluster.create(split({ service: 'a' }));
    expect([...api.store.objects.keys()]).toContain('split.smi-spec.io/v1alpha4/renamed/n/s');
  });

  test('does not take the page of something in between for absence', async () => {
    api.intercept = (_seen, response) => Boolean(response.writeHead(404).end('<h1>no such site</h1>'));
    expect(await rejection(cluster.get(ref('a')))).toMatchObject({ status: 404 });
  });

  test('lists by labels, page by page, in one namespace or all', async () => {
    await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'm' } });
    for (let i = 0; i < 1003; i += 1) api.store.objects.set(`v1/configmaps/n/${i}`, configMap(String(i), { labels: { odd: String(i % 2), all: 'y' } }));
    api.store.objects.set('v1/configmaps/m/1', { ...configMap('1', { namespace: 'm', labels: { odd: '1', all: 'y' } }) });
    const odd = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'n', labels: { odd: '1', all: 'y' } });
    expect(odd).toHaveLength(501);
    expect(odd.every(({ kind, apiVersion }) => kind === 'ConfigMap' && apiVersion === 'v1')).toBe(true);
    expect(await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', labels: { odd: '1' } })).toHaveLength(502);
    expect(await cluster.list({ apiVersion: 'v1', kind: 'Pod' })).toEqual([]);
    expect(requests('GET').filter(({ path }) => path.endsWith('/configmaps')).length).toBe(4);
  });

  test('lists in one piece where the pages have expired', async () => {
    for (let i = 0; i < 600; i += 1) api.store.objects.set(`v1/configmaps/n/${i}`, configMap(String(i)));
    api.intercept = ({ query }, response) => query.has('continue') && Boolean(response.writeHead(410, { 'content-type': 'application/json' }).end('{"kind":"Status","reason":"Expired","message":"too old"}'));
    expect(await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap' })).toHaveLength(600);
  });

  test('gives the last lines of a log', async () => {
    api.store.objects.set('v1/pods/n/p', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n' } });
    expect(await cluster.logs({ namespace: 'n', name: 'p' }, 'probe', 7)).toBe('the last 7 lines of probe\n');
    expect(await cluster.logs({ namespace: 'n', name: 'p' }, 'probe', 7, { previous: true })).toBe('the last 7 lines of probe before it was started anew\n');
    expect(await rejection(cluster.logs({ namespace: 'n', name: 'q' }, 'probe', 7))).toMatchObject({ status: 404, reason: 'NotFound' });
  });
});

describe('writing', () => {
  test('a dry run is validated and stores nothing', async () => {
    expect((await cluster.create(configMap('dry'), { dryRun: true })).metadata.name).toBe('dry');
    expect(await cluster.get(ref('dry'))).toBeUndefined();
    const error = await rejection(cluster.create(split({}), { dryRun: true }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, reason: 'Invalid', isRefusal: true });
    expect((error as ApiError).message).toMatch(/spec\.service: Required value/);
  });

  test('what is there already is an error, also what is in no namespace', async () => {
    await cluster.create(configMap('a'));
    expect(await rejection(cluster.create(configMap('a')))).toMatchObject({ status: 409, reason: 'AlreadyExists', isRefusal: false });
    expect(await rejection(cluster.create(configMap('a', { namespace: undefined })))).toMatchObject({ status: 400 });
    expect(await rejection(cluster.create({ ...configMap('a'), apiVersion: 'none.io/v1' }))).toMatchObject({ status: 404 });
  });

  test('replaces by the version that is stored, or by one that the caller names', async () => {
    const created = await cluster.create(split({ service: 'a' }));
    const replaced = await cluster.replace(split({ service: 'b' }));
    expect(replaced['spec']).toEqual({ service: 'b' });
    expect(await rejection(cluster.replace(created))).toMatchObject({ status: 409, reason: 'Conflict' });
    expect(requests('PUT')).toHaveLength(2);
    expect(await rejection(cluster.replace(configMap('none')))).toMatchObject({ status: 404 });
  });

  test('replaces again where somebody wrote in between', async () => {
    await cluster.create(split({ service: 'a' }));
    first(1, 'PUT', (_seen, _response, _request, store) => {
      const key = 'split.smi-spec.io/v1alpha4/trafficsplits/n/s';
      const stored = store.objects.get(key);
      if (stored) store.objects.set(key, { ...stored, metadata: { ...stored.metadata, resourceVersion: '9999' } });
      return false;
    });
    expect((await cluster.replace(split({ service: 'b' })))['spec']).toEqual({ service: 'b' });
    expect(requests('PUT')).toHaveLength(2);
  });

  test('deletes, and takes what is gone or going for deleted', async () => {
    await cluster.create(configMap('a'));
    await cluster.delete(ref('a'));
    expect(await cluster.get(ref('a'))).toBeUndefined();
    await cluster.delete(ref('a'));
    await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'held', finalizers: ['x/y'] } });
    const held = { apiVersion: 'v1', kind: 'Namespace', name: 'held' };
    await cluster.delete(held);
    await cluster.delete(held);
    expect((await cluster.get(held))?.metadata.deletionTimestamp).toBeDefined();
  });
});

describe('a server in trouble', () => {
  test('that is busy is asked again when it says', async () => {
    first(1, 'GET', answering(429, { 'retry-after': '1' }));
    const started = performance.now();
    expect(await cluster.get(ref('a'))).toBeUndefined();
    expect(performance.now() - started).toBeGreaterThan(950);
  });

  test('that asks for more patience than there is fails at once', async () => {
    first(100, 'GET', answering(503, { 'retry-after': '120' }));
    expect(await rejection(cluster.about())).toMatchObject({ status: 503, reason: 'ServiceUnavailable' });
    expect(requests('GET').filter(({ path }) => path === '/version')).toHaveLength(2);
  });

  test('that stays busy is given up after a few requests', async () => {
    const other = await open(api, { ...briefPatience }, { token: 'tok-secret' });
    api.seen.length = 0;
    first(1000, 'GET', answering(503));
    expect(await rejection(other.about())).toMatchObject({ status: 503 });
    expect(api.seen.length).toBeGreaterThan(1);
    expect(api.seen.length).toBeLessThan(7);
    await other.close();
  });

  test('that fails otherwise is not asked again', async () => {
    api.seen.length = 0;
    first(10, 'GET', answering(500));
    expect(await rejection(cluster.about())).toMatchObject({ status: 500, message: 'GET /version: HTTP 500: busy' });
    expect(api.seen).toHaveLength(1);
  });

  test('whose answer to a create was lost: the object is stored once, and taken for ours', async () => {
    first(1, 'POST', (seen, _response, request, store) => {
      store.answer(seen);
      request.socket.destroy();
      return true;
    });
    const created = await cluster.create(configMap('a'));
    expect(created.metadata.uid).toBe('uid-a');
    expect(requests('POST').filter(({ path }) => path.endsWith('/configmaps'))).toHaveLength(2);
  });

  test("whose answer to a create was lost, while the object is somebody else's", async () => {
    first(1, 'POST', (seen, _response, request, store) => {
      store.answer({ ...seen, query: new URLSearchParams({ fieldManager: 'somebody' }) });
      request.socket.destroy();
      return true;
    });
    expect(await rejection(cluster.create(configMap('a')))).toMatchObject({ status: 409, reason: 'AlreadyExists' });
  });

  test('whose webhook broke down is asked again', async () => {
    const body = JSON.stringify({ kind: 'Status', reason: 'InternalError', message: 'Internal error occurred: failed calling webhook "v.osm": context deadline exceeded' });
    first(2, 'POST', answering(500, { 'content-type': 'application/json' }, body));
    expect((await cluster.create(configMap('a'))).metadata.name).toBe('a');
  });

  test('that repeats a secret does not have it repeated by us', async () => {
    first(1, 'GET', answering(400, {}, 'bad header authorization: Bearer tok-secret and tok-secret'));
    const error = (await rejection(cluster.about())) as ApiError;
    expect(error.message).toMatch(/bad header authorization/);
    expect(error.message).not.toContain('tok-secret');
  });

  test('a refusal by admission is one, a lack of permission is not, nor is the page of a proxy', async () => {
    const status = (message: string) => JSON.stringify({ kind: 'Status', reason: 'Forbidden', message });
    first(1, 'POST', answering(403, {}, status('admission webhook "v.osm" denied the request: no')));
    expect(await rejection(cluster.create(configMap('a')))).toMatchObject({ status: 403, isRefusal: true });
    first(1, 'POST', answering(403, {}, status('configmaps is forbidden: User "u" cannot create resource "configmaps" in API group ""')));
    expect(await rejection(cluster.create(configMap('a')))).toMatchObject({ status: 403, isRefusal: false });
    first(1, 'POST', answering(403, {}, '<html>blocked</html>'));
    expect(await rejection(cluster.create(configMap('a')))).toMatchObject({ status: 403, isRefusal: false });
  });
});

test('what the caller may do', async () => {
  api.store.forbidden.add('create /pods/portforward');
  expect(await cluster.mayI('create', '', 'pods/portforward')).toBe(false);
  expect(await cluster.mayI('get', '', 'pods/portforward')).toBe(true);
  expect(await cluster.mayI('create', '', 'pods')).toBe(true);
});
