import { describe, expect, test } from '@jest/globals';
import { ApiError, type Cluster } from '../../src/cluster/port.ts';
import { requirePermissions } from '../../src/cluster/preflight.ts';
import { load } from 'js-yaml';

const split = { group: 'split.smi-spec.io', kind: 'TrafficSplit', plural: 'trafficsplits', namespaced: true };

/** The part of the port that is asked, by an account that may do all but `forbidden`. */
function clusterWith(forbidden: string[]): { cluster: Cluster; asked: string[] } {
  const asked: string[] = [];
  const cluster: Partial<Cluster> = {
    served: async () => [{ ...split, version: 'v1alpha2' }, { ...split, version: 'v1alpha4' }, { group: 'metrics.smi-spec.io', version: 'v1alpha1', kind: 'TrafficMetrics', plural: 'pods', namespaced: true }],
    about: async () => ({ kubernetesVersion: 'v1', server: 'https://api' }),
    mayI: async (verb, group, resource) => {
      asked.push(`${verb} ${group}/${resource}`);
      return !forbidden.includes(`${verb} ${group}/${resource}`);
    },
  };
  return { cluster: cluster as Cluster, asked };
}

async function failing(promise: Promise<void>): Promise<{ code?: string; message: string }> {
  return promise.then(
    () => {
      throw new Error('it was permitted');
    },
    (error: { code?: string; message: string }) => error,
  );
}

describe('permissions', () => {
  test('that are all there are asked for once each, and only for what a run uses', async () => {
    const { cluster, asked } = clusterWith([]);
    await requirePermissions(cluster);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.sort()).toEqual([
      'create /configmaps', 'create /namespaces', 'create /pods/portforward', 'create /serviceaccounts', 'create /services', 'create apps/deployments', 'create split.smi-spec.io/trafficsplits',
      'delete /configmaps', 'delete /namespaces', 'delete /pods', 'delete /serviceaccounts', 'delete /services', 'delete apps/deployments', 'delete split.smi-spec.io/trafficsplits',
      'get /configmaps', 'get /namespaces', 'get /pods', 'get /pods/portforward', 'get /serviceaccounts', 'get /services', 'get apiextensions.k8s.io/customresourcedefinitions', 'get apps/deployments', 'get split.smi-spec.io/trafficsplits',
      'list /namespaces', 'list /pods', 'list /services',
      'update apps/deployments', 'update split.smi-spec.io/trafficsplits',
    ]);
  });

  test('that are missing are named, with the rules that give them', async () => {
    const { cluster } = clusterWith(['delete /namespaces', 'list /namespaces', 'create /pods/portforward', 'update split.smi-spec.io/trafficsplits']);
    const error = await failing(requirePermissions(cluster));
    expect(error.code).toBe('FORBIDDEN');
    expect(error.message).toContain('may not do what a run needs at https://api: list, delete namespaces; create pods/portforward; update trafficsplits.split.smi-spec.io. Bind it to a ClusterRole with rules: ');
    expect(error.message).not.toContain('\n');
    expect(load(error.message.split('rules: ')[1] ?? '')).toEqual([
      { apiGroups: [''], resources: ['namespaces'], verbs: ['list', 'delete'] },
      { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create'] },
      { apiGroups: ['split.smi-spec.io'], resources: ['trafficsplits'], verbs: ['update'] },
    ]);
  });

  test('that cannot even be asked for', async () => {
    const { cluster } = clusterWith([]);
    cluster.mayI = () => Promise.reject(new ApiError(403, 'Forbidden', 'selfsubjectaccessreviews is forbidden'));
    expect(await failing(requirePermissions(cluster))).toMatchObject({ code: 'FORBIDDEN', message: expect.stringMatching(/may not even ask what it may do: selfsubjectaccessreviews is forbidden\. Bind it to the ClusterRole system:basic-user/) });
    cluster.mayI = () => Promise.reject(new ApiError(0, 'ECONNREFUSED', 'gone'));
    expect(await failing(requirePermissions(cluster))).toMatchObject({ name: 'ApiError', status: 0 });
  });
});
