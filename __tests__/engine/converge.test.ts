import { describe, expect, test } from '@jest/globals';
import { converge } from '../../src/engine/converge.ts';
import { itemsOf } from '../../src/engine/expect.ts';
import { fakeContext, fakeLane, type Behaviour } from './fake-lane.ts';

const allowed = itemsOf({ allowed: [{ from: 'alice', to: 'srv' }] }, 'converge');
const from = (batch: number): Behaviour => (_from, _attempt, now) => (now >= batch ? { answeredBy: 'srv' } : { refused: 'HTTP 403' });

describe('converge', () => {
  test('needs three looks in a row', async () => {
    const { lane, batches } = fakeLane(from(1));
    expect(await converge(lane, allowed, 0, fakeContext())).toMatchObject({ convergenceMs: expect.any(Number), looks: { count: 3 } });
    expect(batches()).toBe(3);
  });

  test('a streak that breaks begins anew, and the time counts from the first look of the last one', async () => {
    const { lane } = fakeLane((_from, _attempt, batch) => (batch === 4 || batch === 1 ? { refused: 'HTTP 503' } : { answeredBy: 'srv' }));
    const context = fakeContext();
    const reached = await converge(lane, allowed, context.now(), context);
    expect(reached.looks).toMatchObject({ count: 6, lastFailing: { seen: [{ refusals: { 'HTTP 503': 5 } }] } });
    expect(reached.convergenceMs).toBeGreaterThanOrEqual(0);
  });

  test('gives up at its deadline and keeps the last look that did not hold', async () => {
    const { lane } = fakeLane(() => ({ refused: 'HTTP 403' }));
    const context = fakeContext();
    const started = context.now();
    const reached = await converge(lane, allowed, started, context);
    expect(reached.convergenceMs).toBeUndefined();
    expect(reached.looks.lastFailing?.holds).toBe(false);
    expect(reached.deadlineMs).toBe(250);
    expect(context.now() - started).toBeLessThan(1_000);
  });

  test('a state that flickers is never reached', async () => {
    const { lane } = fakeLane((_from, _attempt, batch) => (batch % 3 === 0 ? { refused: 'HTTP 503' } : { answeredBy: 'srv' }));
    const context = fakeContext();
    expect((await converge(lane, allowed, context.now(), context)).convergenceMs).toBeUndefined();
  });

  test('while nothing changes only a few requests are sent, and none of the looks that count is made of them', async () => {
    const sent: number[] = [];
    const { lane } = fakeLane((_from, attempt, batch) => {
      sent[batch] = attempt + 1;
      return batch >= 4 ? { answeredBy: 'srv' } : { refused: 'HTTP 403' };
    });
    const reached = await converge(lane, allowed, 0, fakeContext());
    expect(sent.filter((count) => count > 0)).toEqual([5, 2, 2, 2, 5, 5, 5]);
    expect(reached).toMatchObject({ convergenceMs: expect.any(Number), looks: { count: 6 } });
  });

  test('a leak that a few requests do not meet is met by the look behind them, and the last look is a whole one', async () => {
    const { lane } = fakeLane((_from, attempt) => (attempt < 2 ? { answeredBy: 'srv' } : { refused: 'HTTP 403' }));
    const context = fakeContext();
    const reached = await converge(lane, allowed, context.now(), context);
    expect(reached.convergenceMs).toBeUndefined();
    expect(reached.looks.lastFailing?.seen[0]).toMatchObject({ attempts: 5, answers: { srv: 2 } });
    const { lane: shut } = fakeLane(() => ({ refused: 'HTTP 403' }));
    expect((await converge(shut, allowed, context.now(), context)).looks.lastFailing?.seen[0]?.attempts).toBe(5);
  });

  test('a cancel ends it', async () => {
    const { lane } = fakeLane(() => ({ refused: 'HTTP 403' }));
    const controller = new AbortController();
    setTimeout(() => controller.abort('SIGINT'), 20);
    await expect(converge(lane, allowed, 0, fakeContext({ signal: controller.signal }))).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
