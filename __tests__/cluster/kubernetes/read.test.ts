import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Cluster } from '../../../src/cluster/port.ts';
import { type ApiServer, startApiServer } from '../../stand-ins/api-server.ts';
import { briefPatience, failure, open, rejection } from './helpers.ts';

let api: ApiServer;
let cluster: Cluster;
beforeEach(async () => {
  api = await startApiServer();
  cluster = await open(api, briefPatience);
});
afterEach(async () => {
  await cluster.close();
  await api.close();
});

/** Answers the metrics API with one thing. */
function answerWith(status: number, text: string): void {
  api.intercept = ({ path }, response) => {
    if (!path.startsWith('/apis/metrics.smi-spec.io')) return false;
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    return true;
  };
}

const path = '/apis/metrics.smi-spec.io/v1alpha1/namespaces/a/deployments?labelSelector=tier%3Da';

describe('reading an API path', () => {
  test.each([[200, '{"kind":"X"}', { kind: 'X' }], [404, '{"kind":"Status"}', { kind: 'Status' }], [500, 'broken', undefined], [503, '', undefined]])('gives the answer of status %p as it is, at once', async (status, text, body) => {
    answerWith(status, text);
    const before = api.seen.length;
    expect(await cluster.read(path)).toEqual({ status, body });
    // Whether the API server itself is there is asked where it may not be.
    expect(api.seen.slice(before).filter((one) => one.path === '/readyz')).toHaveLength(status === 503 ? 1 : 0);
    const asked = api.seen.slice(before).filter((one) => one.path !== '/readyz');
    expect(asked.map((one) => [one.method, one.path, one.query.get('labelSelector')])).toEqual([['GET', '/apis/metrics.smi-spec.io/v1alpha1/namespaces/a/deployments', 'tier=a']]);
    expect(asked[0]?.headers).not.toHaveProperty('impersonate-user');
  });

  test('asks as another user where that is wanted', async () => {
    answerWith(403, '{"kind":"Status","message":"pods.metrics.smi-spec.io is forbidden: User \\"u\\" cannot get resource"}');
    expect((await cluster.read(path, { as: 'system:serviceaccount:a:b' })).status).toBe(403);
    expect(api.seen.at(-1)?.headers['impersonate-user']).toBe('system:serviceaccount:a:b');
  });

  test('does not take a refusal to impersonate for an answer to that user', async () => {
    answerWith(403, '{"kind":"Status","message":"users \\"system:serviceaccount:a:b\\" is forbidden: User \\"me\\" cannot impersonate resource \\"users\\""}');
    expect(await failure(cluster.read(path, { as: 'system:serviceaccount:a:b' }))).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('Let it impersonate') });
    expect((await cluster.read(path)).status).toBe(403);
  });

  test.each([502, 503, 504])('does not take %p of what stands before the API server for an answer', async (status) => {
    api.intercept = (_seen, response) => Boolean(response.writeHead(status).end('no backend'));
    expect(await rejection(cluster.read(path))).toMatchObject({ name: 'ApiError', status, isAway: true });
    expect(await cluster.read('/readyz')).toEqual({ status, body: undefined });
  });

  test('rejects where no answer comes', async () => {
    await api.close();
    await expect(cluster.read(path)).rejects.toMatchObject({ status: 0 });
  });
});
