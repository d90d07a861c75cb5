import { expect, test } from '@jest/globals';
import type { Cluster, KubeObject } from '../../src/cluster/port.ts';
import { createWorker, type Use } from '../../src/engine/lease.ts';
import type { LaneOptions } from '../../src/fixture/lane.ts';
import { workloadLabel } from '../../src/fixture/names.ts';
import { fakeContext, fakeLane } from './fake-lane.ts';
import { plainMesh, planned } from './samples.ts';

/** A mesh that never takes back what an assertion permitted, on a cluster where no other lane can be had. */
function afterOneThatStays(exclusive: boolean, more: Partial<Pick<Use, 'hasMore' | 'isMeshAwaited'>>) {
  let isOpen = false;
  const { lane } = fakeLane(() => (isOpen ? { answeredBy: 'srv' } : { refused: 'HTTP 403' }));
  const pods = [...lane.probes.values()].map(({ pod, workload }): KubeObject => ({
    apiVersion: 'v1', kind: 'Pod', metadata: { name: pod.name, namespace: pod.namespace, labels: { [workloadLabel]: workload.name } },
    status: { conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [{ restartCount: 0 }] },
  }));
  const cluster = { list: ({ kind }) => Promise.resolve(kind === 'Pod' ? pods : []), delete: () => Promise.resolve(), create: () => Promise.reject(new Error('no room for pods')) } as Partial<Cluster> as Cluster;
  for (const { client } of lane.probes.values()) client.close = () => undefined;
  const context = fakeContext({ cluster });
  const options: LaneOptions = { cluster, runId: 'run', mesh: plainMesh, probeImage: 'image', probeSource: 'source', workloads: lane.fixture.workloads, readyMs: 500, wait: () => Promise.resolve() };
  const entry = planned('traffic-access/x', { ...(exclusive && { exclusive }), steps: [{ eventually: { denied: [{ from: 'alice', to: 'srv' }] } }] });
  return createWorker(lane, options, context).lease(entry, {
    hasMore: () => false,
    isMeshAwaited: () => false,
    ...more,
    use: (workspace) => {
      isOpen = true;
      workspace?.written.set('x', { resource: { kind: 'TrafficTarget', name: 'x', spec: {} }, object: { apiVersion: 'access.smi-spec.io/v1alpha3', kind: 'TrafficTarget', metadata: { name: 'x' } } });
      return Promise.resolve({ outcome: 'observed', steps: [] });
    },
    decided: () => undefined,
  });
}

const yes = (): boolean => true;
const stays = { raw: { outcome: 'observed' }, afterwards: expect.stringContaining('did not return to its baseline') };

test('behind an exclusive assertion the baseline is awaited while anybody waits for the mesh', async () => {
  expect(await afterOneThatStays(true, { isMeshAwaited: yes })).toMatchObject(stays);
  expect(await afterOneThatStays(true, {})).not.toHaveProperty('afterwards');
});

test('a lane that cannot be rebuilt ends the run, but not behind an exclusive assertion, which may have stalled the mesh', async () => {
  await expect(afterOneThatStays(false, { hasMore: yes })).rejects.toMatchObject({ code: 'POD_NOT_READY', message: expect.stringContaining('could not be rebuilt after traffic-access/x') });
  expect(await afterOneThatStays(true, { hasMore: yes, isMeshAwaited: yes })).toMatchObject(stays);
});
