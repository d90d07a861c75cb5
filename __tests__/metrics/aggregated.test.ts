import { describe, expect, test } from '@jest/globals';
import { createAggregated, pathOf } from '../../src/metrics/index.ts';

describe('the aggregated API', () => {
  test.each([
    [{ resource: 'deployments', namespace: 'a', name: 'back' }, '/namespaces/a/deployments/back'],
    [{ resource: 'deployments', namespace: 'a', name: 'back', edges: true as const }, '/namespaces/a/deployments/back/edges'],
    [{ resource: 'pods', namespace: 'a' }, '/namespaces/a/pods'],
    [{ resource: 'deployments' }, '/deployments'],
    [{ resource: 'namespaces', name: 'a' }, '/namespaces/a'],
    [{ resource: 'nodes', name: 'n/1' }, '/nodes/n%2F1'],
    [{ resource: 'deployments', namespace: 'a', labels: { tier: 'a', 'x/y': 'b' } }, '/namespaces/a/deployments?labelSelector=tier%3Da%2Cx%2Fy%3Db'],
  ])('is asked for %j at %s', (query, path) => expect(pathOf(query)).toBe(`/apis/metrics.smi-spec.io/v1alpha1${path}`));

  test('is read and described through the API server, as another user where that is asked for', async () => {
    const asked: [string, unknown][] = [];
    const source = createAggregated({ read: (path, options) => Promise.resolve({ status: asked.push([path, options]), body: path }) });
    await source.read({ resource: 'nodes', name: 'n' }, { as: 'system:serviceaccount:a:b' });
    await source.describe('service');
    await source.describe('resources');
    expect(asked).toEqual([
      ['/apis/metrics.smi-spec.io/v1alpha1/nodes/n', { as: 'system:serviceaccount:a:b' }],
      ['/apis/apiregistration.k8s.io/v1/apiservices/v1alpha1.metrics.smi-spec.io', undefined],
      ['/apis/metrics.smi-spec.io/v1alpha1', undefined],
    ]);
    expect([source.kind, source.name]).toEqual(['api', 'v1alpha1.metrics.smi-spec.io']);
  });
});
