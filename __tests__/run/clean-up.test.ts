import { describe, expect, test } from '@jest/globals';
import { ApiError, type Cluster, type KubeObject } from '../../src/cluster/port.ts';
import { cleanUp } from '../../src/run/clean-up.ts';

/** The namespaces of a cluster, of which one may refuse to go. */
function clusterWith(runs: Record<string, string>, stuck?: string): { cluster: Cluster; names(): string[] } {
  const namespaces = new Map<string, KubeObject>(Object.entries(runs).map(([name, run]) => [name, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'smi-conformance/run': run } } }]));
  const part: Pick<Cluster, 'list' | 'delete' | 'until'> = {
    until: () => part as Cluster,
    list: (query) => Promise.resolve([...namespaces.values()].filter(({ metadata }) => metadata.labels?.['smi-conformance/run'] === query.labels?.['smi-conformance/run'])),
    delete: ({ name }) => {
      if (name === stuck) {
        const held = { type: 'NamespaceContentRemaining', status: 'True', message: 'TrafficTarget t is held by a finalizer' };
        namespaces.set(name, { ...(namespaces.get(name) as KubeObject), metadata: { ...(namespaces.get(name) as KubeObject).metadata, deletionTimestamp: 'now' }, status: { conditions: [held] } });
      } else namespaces.delete(name);
      return Promise.resolve();
    },
  };
  return { cluster: part as Cluster, names: () => [...namespaces.keys()] };
}

/** A cluster that does not answer the first calls. */
function away(times: number, behind = clusterWith({}).cluster): Cluster {
  let calls = 0;
  const part: Pick<Cluster, 'list' | 'delete' | 'until'> = {
    until: () => part as Cluster,
    list: (query) => ((calls += 1) <= times ? Promise.reject(new ApiError(0, 'Unreachable', 'connection refused')) : behind.list(query)),
    delete: (ref) => behind.delete(ref),
  };
  return part as Cluster;
}

describe('cleanUp', () => {
  test("removes the run's namespaces and no other", async () => {
    const { cluster, names } = clusterWith({ 'smi-a-x-1': 'a', 'smi-b-x-1': 'b' });
    expect(await cleanUp(cluster, 'a', { limitMs: 1_000 })).toEqual({ namespaces: [] });
    expect(names()).toEqual(['smi-b-x-1']);
  });

  test('says what is left and what holds it', async () => {
    const { cluster } = clusterWith({ 'smi-a-x-1': 'a', 'smi-a-x-2': 'a' }, 'smi-a-x-2');
    expect(await cleanUp(cluster, 'a', { limitMs: 60 })).toEqual({ namespaces: ['smi-a-x-2'], reason: 'TrafficTarget t is held by a finalizer' });
  });

  test('does not throw when the cluster is gone', async () => {
    const cluster = away(Infinity);
    expect(await cleanUp(cluster, 'a', { limitMs: 60 })).toEqual({ namespaces: [], reason: 'connection refused' });
  });

  test('waits for a cluster that is away, and removes all when it is back', async () => {
    const { cluster, names } = clusterWith({ 'smi-a-x-1': 'a' });
    expect(await cleanUp(away(4, cluster), 'a', { limitMs: 10_000 })).toEqual({ namespaces: [] });
    expect(names()).toEqual([]);
  });

  test('does not wait for it where it was waited for in vain, nor once the run is cancelled', async () => {
    const { cluster } = clusterWith({ 'smi-a-x-1': 'a' });
    const gone = { namespaces: [], reason: 'connection refused' };
    expect(await cleanUp(away(1, cluster), 'a', { limitMs: 10_000, awayMs: 0 })).toEqual(gone);
    expect(await cleanUp(away(1, cluster), 'a', { limitMs: 10_000, signal: AbortSignal.abort('SIGINT') })).toEqual(gone);
  });

  test('does not ask again what is forbidden', async () => {
    const { cluster } = clusterWith({ 'smi-a-x-1': 'a' });
    let asked = 0;
    const forbidding = { until: () => forbidding, list: cluster.list, delete: () => ((asked += 1), Promise.reject(new ApiError(403, 'Forbidden', 'deleting is forbidden'))) } as unknown as Cluster;
    expect(await cleanUp(forbidding, 'a', { limitMs: 10_000 })).toEqual({ namespaces: ['smi-a-x-1'], reason: 'deleting is forbidden' });
    expect(asked).toBe(1);
  });
});
