import { describe, expect, test } from '@jest/globals';
import { createTrafficLog } from '../../../src/reference/metrics/index.ts';
import { busy, countsOf, createBed, edgesOf, latencyOf } from './bed.ts';

const ns = '/namespaces/ns';

describe('the numbers of a resource', () => {
  test('are those of all that it received', () => {
    const { body } = busy().get(`${ns}/deployments/back`);
    expect(body).toMatchObject({
      kind: 'TrafficMetrics', resource: { kind: 'Deployment', namespace: 'ns', name: 'back' }, edge: { direction: 'from', side: 'server', resource: {} }, timestamp: '2026-11-21T10:00:00.000Z', window: '1s',
    });
    expect([countsOf(body), latencyOf(body)]).toEqual(['100/20', ['10m', '12m', '1000m']]);
  });

  test.each([
    ['a pod', `${ns}/pods/back-1`, '64/0'], ['a namespace', ns, '315/20'], ['a node', '/nodes/embedded', '315/20'], ['a Service', `${ns}/services/back`, '100/20'],
    ['a StatefulSet', `${ns}/statefulsets/set`, '5/0'], ['a workload that nobody calls', `${ns}/deployments/idle`, '0/0'],
  ])('are there for %s', (_what, path, expected) => expect(countsOf(busy().get(path).body)).toBe(expected));

  test('fall to zero when the window has passed, and the time goes on', () => {
    const bed = busy();
    bed.pass(999);
    expect(countsOf(bed.get(`${ns}/deployments/back`).body)).toBe('100/20');
    bed.pass(1);
    const { body } = bed.get(`${ns}/deployments/back`);
    expect([countsOf(body), latencyOf(body), body.timestamp]).toEqual(['0/0', ['0', '0', '0'], '2026-11-21T10:00:01.000Z']);
  });

  test('are of what side proxies saw: a caller outside the mesh is received, and has sent nothing', () => {
    const bed = createBed();
    bed.send('outsider', 'back-1', 3);
    bed.send('back-1', 'outsider', 2);
    expect(countsOf(bed.get(`${ns}/pods/back-1`).body)).toBe('3/0');
    expect(bed.get(`${ns}/pods/back-1/edges`).body.items).toEqual([]);
  });
});

describe('edges', () => {
  test('are to and from each resource of the kind with which traffic was exchanged', () => {
    const bed = busy();
    expect(edgesOf(bed.get(`${ns}/deployments/back/edges`).body)).toEqual(['from front 80/20', 'from front2 20/0', 'to leaf 50/0']);
    expect(edgesOf(bed.get(`${ns}/deployments/front/edges`).body)).toEqual(expect.arrayContaining(['to back 80/20']));
    expect(bed.get(`${ns}/pods/back-2/edges`).body).toMatchObject({ kind: 'TrafficMetricsList', resource: { kind: 'Pod', name: 'back-2' }, items: [{ edge: { direction: 'from', side: 'server', resource: { kind: 'Pod', name: 'front-1' } } }] });
  });
});

describe('a TrafficSplit', () => {
  test('has an item for each backend, with what came to it through the root', () => {
    const { body } = busy().get(`${ns}/trafficsplits/web`);
    expect(body.items?.map((item) => [item.backend, countsOf(item), item.edge])).toEqual([
      [{ apex: 'web', name: 'web-v1', weight: 75 }, '75/0', { direction: 'from', side: 'client', resource: {} }],
      [{ apex: 'web', name: 'web-v2', weight: 25 }, '25/0', { direction: 'from', side: 'client', resource: {} }],
    ]);
  });
});

describe('lists', () => {
  test('are of a namespace or of all, by labels where they are given', () => {
    const names = (path: string): unknown => busy().get(path).body.items?.map((item) => item.resource?.name);
    expect(names(`${ns}/deployments`)).toEqual(['front', 'front2', 'back', 'leaf', 'idle']);
    expect(names('/deployments')).toContain('far');
    expect(names(`${ns}/deployments?labelSelector=tier%3Dback`)).toEqual(['back']);
    expect(busy().get(`${ns}/deployments?labelSelector=tier%3Dback`).body).toMatchObject({ kind: 'TrafficMetricsList', resource: { kind: 'Deployment' }, selector: { matchLabels: { tier: 'back' } } });
    expect(busy().get(`${ns}/deployments`).body.selector).toBeUndefined();
  });
});

describe('the API itself', () => {
  test('is registered, and lists eleven resources', () => {
    const { api, get } = createBed();
    expect(api.answer('/apis/apiregistration.k8s.io/v1/apiservices/v1alpha1.metrics.smi-spec.io')).toMatchObject({ status: 200, body: { spec: { group: 'metrics.smi-spec.io', version: 'v1alpha1' }, status: { conditions: [{ type: 'Available', status: 'True' }] } } });
    const { resources = [] } = get('').body;
    expect(resources).toHaveLength(11);
    expect(resources.filter(({ namespaced }) => !namespaced).map(({ name }) => name).sort()).toEqual(['namespaces', 'nodes']);
    expect(api.served()).toHaveLength(11);
    expect(api.answer('/api/v1/pods')).toBeUndefined();
  });

  test.each([`${ns}/pods/none`, `${ns}/widgets/x`, '/widgets', `${ns}/pods/back-1/other`, `${ns}/pods/back-1/edges/x`, `${ns}/nodes/embedded`, '/pods/back-1', '/namespaces/none'])('answers 404 to %s', (path) => {
    expect(createBed().get(path)).toMatchObject({ status: 404, body: { kind: 'Status', code: 404 } });
  });

  test('gives an account what Roles of the namespace let it get, subresources by themselves', () => {
    const { get } = createBed();
    const reader = 'system:serviceaccount:ns:reader';
    expect([`${ns}/pods/back-1`, `${ns}/pods/back-1/edges`, `${ns}/deployments/back`, '/nodes/embedded'].map((path) => get(path, reader).status)).toEqual([200, 403, 403, 403]);
    expect(get(`${ns}/pods/back-1`, 'system:serviceaccount:other:reader').status).toBe(403);
  });
});

test('what is older than a minute is forgotten', () => {
  let now = 0;
  const log = createTrafficLog(() => now);
  const pod = { namespace: 'ns', name: 'a', serviceAccount: 'a', labels: {}, meshed: true };
  for (const at of [0, 30_000, 61_000]) {
    now = at;
    log.add({ caller: pod, destination: pod, status: 200, tookMs: 1 });
  }
  expect(log.recent().map(({ at }) => at)).toEqual([30_000, 61_000]);
  now = 200_000;
  expect(log.recent()).toEqual([]);
});
