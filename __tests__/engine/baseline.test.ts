import { expect, test } from '@jest/globals';
import type { Cluster, KubeObject } from '../../src/cluster/port.ts';
import { furnish, settleIn, untouched } from '../../src/engine/baseline.ts';
import { emptyWorkspace } from '../../src/engine/workspace.ts';
import type { Planned } from '../../src/suite/index.ts';
import { fakeContext, fakeLane } from './fake-lane.ts';

test('what a fixture needs is applied once in a lane, also where its baseline never shows', async () => {
  const created: string[] = [];
  const create = (object: KubeObject): Promise<KubeObject> => {
    created.push(object.metadata.name);
    return Promise.resolve(object);
  };
  const context = fakeContext({ cluster: { create } as Cluster, offered: { 'traffic-specs': { versions: ['v1alpha4'], kinds: ['TCPRoute'], without: [] } } });
  const { lane: bare } = fakeLane(() => ({ refused: 'timeout' }));
  const baseline = { allowed: [{ from: 'alice', to: 'srv' }] };
  const lane = { ...bare, fixture: { ...bare.fixture, baseline, whenDenying: [{ kind: 'TCPRoute' as const, name: 'everything', spec: {} }] } };
  const workspace = emptyWorkspace(lane, { 'traffic-specs': 'v1alpha4' }, 0);
  const entry = { gate: false, assertion: { steps: [{ always: baseline }] } } as unknown as Planned;

  let state = await furnish(lane, workspace, untouched, context);
  await expect(settleIn(lane, entry, workspace, state, context)).rejects.toMatchObject({ code: 'POD_NOT_READY' });
  state = await furnish(lane, workspace, state, context);
  expect(created).toEqual(['everything']);
});

test.each([
  ['refuses what the baseline has answered', 'HTTP 403', 'NO_BASELINE'],
  ['gives no answer, as a machine without time does not either', 'timeout', 'POD_NOT_READY'],
])('a mesh that %s is told from a test bed that is not ready', async (_what, refused, code) => {
  const { lane: bare } = fakeLane(() => ({ refused }));
  const baseline = { allowed: [{ from: 'alice', to: 'srv' }] };
  const lane = { ...bare, fixture: { ...bare.fixture, baseline } };
  const entry = { gate: false, assertion: { steps: [{ always: baseline }] } } as unknown as Planned;
  await expect(settleIn(lane, entry, emptyWorkspace(lane, {}, 0), untouched, fakeContext())).rejects.toMatchObject({ code });
});
