import { describe, expect, test } from '@jest/globals';
import { untilNotThere } from '../../src/engine/arrival.ts';
import { settleIn, untouched } from '../../src/engine/baseline.ts';
import { execute } from '../../src/engine/execute.ts';
import { emptyWorkspace } from '../../src/engine/workspace.ts';
import type { Step } from '../../src/model/assertion.ts';
import type { Behaviour } from './fake-lane.ts';
import { fakeContext, fakeLane } from './fake-lane.ts';
import { callFrom, planned } from './samples.ts';

const permit: Step = { try: [] };
/** Bob gets through until that batch, and then nobody: what an assertion before has left goes late, and this mesh does nothing of what it is told. */
const leftUntil = (batch: number): Behaviour => (from, _attempt, now) => (from === 'bob' && now < batch ? { answeredBy: 'srv' } : { refused: 'HTTP 403' });

describe('what an assertion before has left in force', () => {
  test('is not taken for what the change brought about: a mesh that ignores the change fails', async () => {
    const { lane } = fakeLane(leftUntil(12));
    const entry = planned('traffic-access/x', { steps: [permit, callFrom('bob')] });
    const context = fakeContext();
    const workspace = emptyWorkspace(lane, {}, 0);
    // The baseline says nothing of bob, so that it holds already.
    expect(await settleIn(lane, entry, workspace, untouched, context)).toMatchObject({ atBaseline: true, besideLoadsAt: workspace.besideLoadsAt });
    const raw = await execute(entry.assertion, entry.version, workspace, context);
    expect(raw).toMatchObject({ outcome: 'observed', steps: [{}, { verb: 'eventually' }] });
    expect(raw.outcome === 'observed' && raw.steps[1]).not.toHaveProperty('convergenceMs');
  });

  test('where it stays, nothing can be seen to arrive: that is told, and never passes', async () => {
    const { lane } = fakeLane(() => ({ answeredBy: 'srv' }));
    const entry = { steps: [permit, callFrom('bob')] };
    await expect(untilNotThere(lane, entry, fakeContext())).rejects.toMatchObject({ code: 'NO_BASELINE', message: expect.stringContaining('bob → srv GET /') });
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
    expect(await untilNotThere(lane, { steps }, fakeContext())).toBe(isSent);
    expect(batches()).toBe(isSent ? 1 : 0);
  });
});
