import { expect, test } from '@jest/globals';
import type { Cluster, KubeObject } from '../../src/cluster/port.ts';
import { undisturbed } from '../../src/engine/undisturbed.ts';
import { emptyWorkspace } from '../../src/engine/workspace.ts';
import { workloadLabel } from '../../src/fixture/names.ts';
import type { Assertion } from '../../src/model/assertion.ts';
import type { RawObservation } from '../../src/model/observation.ts';
import type { Planned } from '../../src/suite/index.ts';
import { fakeContext, fakeLane } from './fake-lane.ts';

const { lane } = fakeLane(() => ({ answeredBy: 'srv' }));
const pods = (restarts: number): KubeObject[] => [...lane.probes.values()].map(({ pod, workload }) => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name: pod.name, namespace: pod.namespace, labels: { [workloadLabel]: workload.name } },
  status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }], containerStatuses: [{ restartCount: restarts }] },
}));
const entry: Planned = { version: 'v1alpha4', gate: false, assertion: { id: 'traffic-access/one', steps: [{ always: { allowed: [{ from: 'alice', to: 'srv' }] } }] } as unknown as Assertion } as Planned;
const refused = (refusals: Record<string, number>): RawObservation => {
  const seen = { traffic: { from: 'alice', to: 'srv' }, expected: { outcome: 'allowed' as const }, attempts: 20, answers: {}, answersByPort: {}, refusals, reached: {} };
  return { outcome: 'observed', steps: [{ verb: 'always', measured: { purpose: 'measure', at: 1, durationMs: 1, holds: false, seen: [seen] } }] };
};

/** What becomes of an observation; the pods' containers are restarted meanwhile where `restarts` says so. */
function ofRun(raw: RawObservation, again: boolean, restarts = 0): Promise<RawObservation> {
  let started = 0;
  const cluster = { list: () => Promise.resolve(pods(started)) } as unknown as Cluster;
  return undisturbed(emptyWorkspace(lane, {}, 0), entry, fakeContext({ cluster }), again, () => {
    started = restarts;
    return Promise.resolve(raw);
  });
}

test('time-outs alone are asked again, and count when they are seen again', async () => {
  expect(await ofRun(refused({ timeout: 20 }), false)).toMatchObject({ outcome: 'errored', code: 'UNPROVEN' });
  expect(await ofRun(refused({ timeout: 20 }), true)).toEqual(refused({ timeout: 20 }));
});

test('what a mesh refuses in any other way counts at once', async () => {
  expect(await ofRun(refused({ timeout: 19, 'HTTP 403': 1 }), false)).toMatchObject({ outcome: 'observed' });
});

test('pods that were restarted meanwhile make that all worthless, the second time too', async () => {
  for (const again of [false, true]) expect(await ofRun(refused({ 'HTTP 403': 20 }), again, 1)).toMatchObject({ outcome: 'errored', code: 'POD_NOT_READY' });
});
