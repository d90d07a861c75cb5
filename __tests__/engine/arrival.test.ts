import { describe, expect, test } from '@jest/globals';
import { untilNotThere } from '../../src/engine/arrival.ts';
import { settleIn, untouched } from '../../src/engine/baseline.ts';
import { execute } from '../../src/engine/execute.ts';
import { createWorker } from '../../src/engine/lease.ts';
import { emptyWorkspace } from '../../src/engine/workspace.ts';
import type { Step } from '../../src/model/assertion.ts';
import type { Behaviour } from './fake-lane.ts';
import { fakeContext, fakeLane } from './fake-lane.ts';
import { callFrom, plainMesh, planned } from './samples.ts';

const permit: Step = { try: [] };
/** Bob gets through until that batch, and then nobody: what an assertion before has left goes late, and this mesh does nothing of what it is told. */
const leftUntil = (batch: number): Behaviour => (from, _attempt, now) => (from === 'bob' && now < batch ? { answeredBy: 'srv' } : { refused: 'HTTP 403' });

describe('what an assertion before has left in force', () => {
  test('is not taken for what the change brought about: a mesh that ignores the change fails', async () => {
    const { lane } = fakeLane(leftUntil(6));
    const entry = planned('traffic-access/x', { steps: [permit, callFrom('bob')] });
    const context = fakeContext();
    const workspace = emptyWorkspace(lane, {}, 0);
    // The baseline says nothing of bob, so that it holds already.
    expect(await settleIn(lane, entry, workspace, untouched, context)).toMatchObject({ atBaseline: true, besideLoadsAt: workspace.besideLoadsAt });
    const raw = await execute(entry.assertion, entry.version, workspace, context);
    expect(raw).toMatchObject({ outcome: 'observed', steps: [{}, { verb: 'eventually' }] });
    expect(raw.outcome === 'observed' && raw.steps[1]).not.toHaveProperty('convergenceMs');
  });

  test('all of it has to be gone: what one change allows may be taken back piece by piece', async () => {
    const { lane, batches } = fakeLane((from, _attempt, now) => (from === 'alice' && now < 3 ? { answeredBy: 'srv' } : { refused: 'HTTP 403' }));
    const steps: Step[] = [permit, { eventually: { allowed: [{ from: 'alice', to: 'srv' }, { from: 'bob', to: 'srv' }] } }];
    expect(await untilNotThere(lane, { steps }, fakeContext())).toEqual({ looked: true });
    expect(batches()).toBe(4);
  });

  test('one request that was lost does not show that it is gone', async () => {
    const { lane, batches } = fakeLane((from, _attempt, now) => (from === 'bob' && now < 4 && now !== 2 ? { answeredBy: 'srv' } : { refused: now === 2 ? 'timeout' : 'HTTP 403' }));
    expect(await untilNotThere(lane, { steps: [permit, callFrom('bob')] }, fakeContext())).toEqual({ looked: true });
    expect(batches()).toBe(5);
  });

  test('traffic that this mesh has no way to send is a skip, and not an error of the look ahead', async () => {
    const { lane } = fakeLane(() => ({ refused: 'HTTP 403' }));
    const context = fakeContext({ mesh: { ...plainMesh, host: '{service}.{namespace}.own.mesh' } });
    const entry = planned('traffic-access/x', { steps: [permit, { eventually: { allowed: [{ from: 'bob', to: 'srv', via: 'short' }] } }] });
    const { raw } = await createWorker(lane, undefined, context).lease(entry, { hasMore: () => false, isMeshAwaited: () => false, use: () => Promise.reject(new Error('it was run')), decided: () => undefined });
    expect(raw).toEqual({ outcome: 'skipped', reason: expect.stringContaining('names of its own') });
  });

  test('where it stays, nothing can be seen to arrive: that is told', async () => {
    const { lane } = fakeLane(() => ({ answeredBy: 'srv' }));
    expect(await untilNotThere(lane, { steps: [permit, callFrom('bob')] }, fakeContext())).toEqual({ looked: true, there: 'bob → srv GET /' });
    const workspace = emptyWorkspace(lane, {}, 0);
    await settleIn({ ...lane, fixture: { ...lane.fixture, baseline: { allowed: [{ from: 'alice', to: 'srv' }] } } }, planned('traffic-access/x', { steps: [permit, callFrom('bob')] }), workspace, untouched, fakeContext());
    expect(workspace.thereBefore).toContain('bob → srv GET /');
  });

  test('what was open all along, beside what is to come, costs time and no verdict', async () => {
    const { lane } = fakeLane((from) => (from === 'alice' ? { answeredBy: 'srv' } : { refused: 'HTTP 403' }));
    const steps: Step[] = [permit, { eventually: { allowed: [{ from: 'alice', to: 'srv' }, { from: 'bob', to: 'srv' }] } }];
    expect(await untilNotThere(lane, { steps }, fakeContext())).toEqual({ looked: true });
  });

  test.each<[string, Step[], boolean]>([
    ['a change that is awaited', [permit, callFrom('bob')], true],
    ['a change that is awaited by workloads which came for it', [{ scale: [] }, permit, callFrom('bob')], true],
    ['weights that are sampled', [permit, { sample: { from: 'alice', to: 'srv', attempts: 20, shares: { srv: 1 } } }], true],
    ['an assertion that looks at what is there before it changes anything', [callFrom('alice'), permit, callFrom('bob')], false],
    ['an assertion that changes nothing', [callFrom('alice')], false],
    ['a change that nothing is to come of', [permit, { throughout: { denied: [{ from: 'bob', to: 'srv' }] } }], false],
  ])('%s: traffic is sent ahead where that would show something', async (_what, steps, isSent) => {
    const { lane, batches } = fakeLane(() => ({ refused: 'HTTP 403' }));
    expect(await untilNotThere(lane, { steps }, fakeContext())).toEqual({ looked: isSent });
    expect(batches()).toBe(isSent ? 2 : 0);
  });
});
