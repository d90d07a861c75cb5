import { describe, expect, test } from '@jest/globals';
import { alwaysStep, eventuallyStep, sampleStep } from '../../src/engine/steps/traffic.ts';
import { emptyWorkspace, type Workspace } from '../../src/engine/workspace.ts';
import { fakeContext, fakeLane, type Behaviour } from './fake-lane.ts';

const open = (behaviour: Behaviour): { workspace: Workspace; batches(): number } => {
  const { lane, batches } = fakeLane(behaviour);
  return { workspace: emptyWorkspace(lane, {}, 0), batches };
};
const traffic = { from: 'alice', to: 'srv' };
const ignored = { verdict: 'partial' as const, reason: 'it answers instead', allowed: [traffic] };

describe('eventually', () => {
  test('decides by one full look after the streak, and never repeats it', async () => {
    const { workspace, batches } = open((_from, attempt, batch) => (batch === 4 && attempt === 19 ? { refused: 'HTTP 503' } : { answeredBy: 'srv' }));
    const step = await eventuallyStep({ allowed: [traffic] }, undefined, workspace, fakeContext());
    expect(step).toMatchObject({ verb: 'eventually', measured: { holds: false, seen: [{ attempts: 20 }] } });
    expect(batches()).toBe(4);
  });

  test('looks for the lesser behaviour only where the expectation does not come true', async () => {
    const denied = { denied: [traffic] };
    const lesser = await eventuallyStep(denied, ignored, open(() => ({ answeredBy: 'srv' })).workspace, fakeContext());
    expect(lesser).toMatchObject({ otherwise: { holds: true, purpose: 'otherwise' } });
    const full = await eventuallyStep(denied, ignored, open(() => ({ refused: 'HTTP 403' })).workspace, fakeContext());
    expect(full).not.toHaveProperty('otherwise');
  });

  test('teaches the run how slow the mesh is', async () => {
    const context = fakeContext();
    await eventuallyStep({ allowed: [traffic] }, undefined, open(() => ({ answeredBy: 'srv' })).workspace, context);
    expect(context.patience.deadlineMs()).toBe(100);
  });
});

test('always takes one look and no more', async () => {
  const { workspace, batches } = open((_from, attempt) => (attempt === 0 ? { refused: 'HTTP 503' } : { answeredBy: 'srv' }));
  expect(await alwaysStep({ allowed: [traffic] }, undefined, workspace, fakeContext())).toMatchObject({ measured: { holds: false } });
  expect(batches()).toBe(1);
});

describe('sample', () => {
  const sample = { ...traffic, attempts: 1000, shares: { srv: 3, bob: 1 } };
  const weighted = (every: number): Behaviour => (_from, attempt) => ({ answeredBy: attempt % every === 0 ? 'bob' : 'srv' });

  test('judges by all attempts and reports the intervals', async () => {
    const step = await sampleStep(sample, open(weighted(4)).workspace, fakeContext());
    expect(step).toMatchObject({ measured: { holds: true, seen: [{ answers: { srv: 750, bob: 250 } }] } });
    expect((step as { intervals: { workload: string; low: number; high: number; seen: number }[] }).intervals).toEqual([
      { workload: 'srv', low: expect.any(Number), high: expect.any(Number), seen: 750 },
      { workload: 'bob', low: expect.any(Number), high: expect.any(Number), seen: 250 },
    ]);
  });

  test.each([2, 10])('tells 1 in 4 from 1 in %d', async (every) => {
    expect(await sampleStep(sample, open(weighted(every)).workspace, fakeContext())).toMatchObject({ measured: { holds: false } });
  });

  test('a sample in which connections failed is taken once more, and only once', async () => {
    let failed = 0;
    const { workspace } = open((_from, attempt) => (attempt === 999 && (failed += 1) === 1 ? { refused: 'ECONNRESET' } : weighted(4)('alice', attempt, 0)));
    expect(await sampleStep(sample, workspace, fakeContext())).toMatchObject({ measured: { holds: true, seen: [{ refusals: {} }] } });
    expect(failed).toBe(2);
  });
});
