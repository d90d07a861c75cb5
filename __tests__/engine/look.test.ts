import { describe, expect, test } from '@jest/globals';
import { itemsOf } from '../../src/engine/expect.ts';
import { glance, look } from '../../src/engine/look.ts';
import { fakeContext, fakeLane } from './fake-lane.ts';

const denied = itemsOf({ denied: [{ from: 'alice', to: 'srv' }] }, 'measure');
const allowed = itemsOf({ allowed: [{ from: 'alice', to: 'srv' }] }, 'measure');

describe('look', () => {
  test('denied holds when nobody answers, nothing arrives and the server is alive', async () => {
    const { lane } = fakeLane(() => ({ refused: 'HTTP 403' }));
    const taken = await look(lane, denied, 'measure', fakeContext());
    expect(taken).toMatchObject({ holds: true, seen: [{ refusals: { 'HTTP 403': 132 }, reached: {}, alive: true }] });
  });

  test('denied does not hold when a request reaches the server, though its answer was cut off', async () => {
    const { lane } = fakeLane((_from, attempt) => (attempt === 77 ? { refused: 'ECONNRESET', reaches: 'srv' } : { refused: 'ECONNRESET' }));
    const taken = await look(lane, denied, 'measure', fakeContext());
    expect(taken).toMatchObject({ holds: false, seen: [{ answers: {}, reached: { srv: 1 } }] });
  });

  test('denied does not hold on the silence of a dead server', async () => {
    const { lane, dead } = fakeLane(() => ({ refused: 'ECONNREFUSED' }));
    dead.add('srv');
    expect(await look(lane, denied, 'measure', fakeContext())).toMatchObject({ holds: false, seen: [{ alive: false }] });
  });

  test('only the servers that denied traffic is for have to show that they are alive', async () => {
    const { lane, dead, sentinels } = fakeLane(() => ({ refused: 'HTTP 403' }));
    dead.add('bob');
    expect((await look(lane, denied, 'measure', fakeContext())).holds).toBe(true);
    expect([...sentinels]).toEqual(['srv']);
    await look(lane, allowed, 'measure', fakeContext());
    expect([...sentinels]).toEqual(['srv']);
  });

  test('a server that nothing denied is for, and that is reached all the same, is a leak', async () => {
    const { lane } = fakeLane((_from, attempt) => (attempt === 77 ? { refused: 'ECONNRESET', reaches: 'bob' } : { refused: 'ECONNRESET' }));
    expect(await look(lane, denied, 'measure', fakeContext())).toMatchObject({ holds: false, seen: [{ reached: { bob: 1 } }] });
  });

  test('one refusal among the allowed is one too many', async () => {
    const { lane } = fakeLane((_from, attempt) => (attempt === 3 ? { refused: 'HTTP 503' } : { answeredBy: 'srv' }));
    expect((await look(lane, allowed, 'measure', fakeContext())).holds).toBe(false);
  });

  test('requests of several callers are told apart', async () => {
    const { lane } = fakeLane((from) => (from === 'alice' ? { answeredBy: 'srv' } : { refused: 'HTTP 403' }));
    const items = itemsOf({ allowed: [{ from: 'alice', to: 'srv' }], denied: [{ from: 'bob', to: 'srv' }] }, 'converge');
    const taken = await look(lane, items, 'converge', fakeContext());
    expect(taken.holds).toBe(true);
    expect(taken.seen.map(({ answers, reached }) => [answers, reached])).toEqual([[{ srv: 5 }, { srv: 5 }], [{}, {}]]);
  });

  test('a cancelled run looks at nothing more', async () => {
    const { lane, batches } = fakeLane(() => ({ answeredBy: 'srv' }));
    await expect(look(lane, allowed, 'measure', fakeContext({ signal: AbortSignal.abort('SIGTERM') }))).rejects.toMatchObject({ code: 'CANCELLED', message: expect.stringContaining('SIGTERM') });
    expect(batches()).toBe(0);
  });
});

describe('glance', () => {
  test('asks no server, and takes silence for denial', async () => {
    const { lane, dead, asked } = fakeLane(() => ({ refused: 'HTTP 403' }));
    dead.add('srv');
    const taken = await glance(lane, denied, 'converge', fakeContext());
    expect(taken).toMatchObject({ holds: true, seen: [{ refusals: { 'HTTP 403': 132 }, reached: {} }] });
    expect(taken.seen[0]).not.toHaveProperty('alive');
    expect(asked()).toBe(0);
  });

  test('shows what is not so', async () => {
    const { lane } = fakeLane((_from, attempt) => (attempt === 3 ? { answeredBy: 'srv' } : { refused: 'HTTP 403' }));
    expect((await glance(lane, denied, 'converge', fakeContext())).holds).toBe(false);
    expect((await glance(lane, allowed, 'converge', fakeContext())).holds).toBe(false);
  });
});
