import { describe, expect, test } from '@jest/globals';
import { createSchedule, type Schedule, type Seat } from '../../src/engine/schedule.ts';
import type { Step } from '../../src/model/assertion.ts';
import type { Verdict } from '../../src/model/specification.ts';
import type { Planned } from '../../src/suite/index.ts';
import { callFrom, planned } from './samples.ts';

const gateId = 'traffic-access/default-deny';
const seat = (fixture: string, more: Partial<Seat> = {}): Seat => ({ fixture, takes: () => true, prefers: () => false, ...more });
const [bed, elsewhere] = [seat('bed'), seat('elsewhere')];
/** The verdict is known and the lane free. */
function end(schedule: Schedule, entry: Planned, verdict: Verdict): void {
  schedule.decide(entry, verdict);
  schedule.settle(entry);
}
const gated = { gates: [gateId] };

/** Resolves to `waiting` where a promise has not settled by the next turn. */
async function now<T>(promise: Promise<T>): Promise<T | 'waiting'> {
  return Promise.race([promise, new Promise<'waiting'>((resolve) => setImmediate(() => resolve('waiting')))]);
}

describe('createSchedule', () => {
  test('hands out a gate first, and what is behind it only when the gate is decided', async () => {
    const [gate, other] = [planned(gateId, { gate: true }), planned('traffic-access/other', gated)];
    const schedule = createSchedule([other, gate]);
    expect(await schedule.next(bed)).toBe(gate);
    const next = schedule.next(bed);
    expect(await now(next)).toBe('waiting');
    end(schedule, gate, 'pass');
    expect(await next).toBe(other);
    expect(schedule.gate(other)).toEqual({ state: 'open' });
    end(schedule, other, 'pass');
    expect(await schedule.next(bed)).toBeUndefined();
  });

  test.each(['fail', 'error', 'inconclusive'] as const)('closes what is behind a gate that ended in %s', async (verdict) => {
    const [gate, other] = [planned(gateId, { gate: true }), planned('traffic-access/other', gated)];
    const schedule = createSchedule([gate, other]);
    await schedule.next(bed);
    end(schedule, gate, verdict);
    expect(await schedule.next(bed)).toBe(other);
    expect(schedule.gate(other)).toMatchObject({ state: 'closed', reason: expect.stringContaining('default-deny') });
  });

  test('a gate of another fixture holds back as well', async () => {
    const [gate, other] = [planned(gateId, { gate: true, fixture: 'elsewhere' }), planned('traffic-access/other', gated)];
    const schedule = createSchedule([other, gate]);
    expect(await now(schedule.next(bed))).toBe('waiting');
    expect(await schedule.next(elsewhere)).toBe(gate);
  });

  test('gates do not wait for each other', async () => {
    const [first, second] = [planned(gateId, { gate: true }), planned('traffic-access/allow-listed-source', { gate: true })];
    const schedule = createSchedule([first, second]);
    expect([await schedule.next(bed), await schedule.next(bed)]).toEqual([first, second]);
  });

  test('what only looks at objects writes when no gate is being asked, and then before all else', async () => {
    const gate = planned(gateId, { gate: true });
    const steps = { apply: [] };
    const [stored, read, other] = [planned('traffic-access/stored', { kind: 'presence', steps: [steps] }), planned('traffic-access/read', { kind: 'presence' }), planned('traffic-access/other', { ...gated, steps: [steps] })];
    const schedule = createSchedule([other, stored, read, gate]);
    expect([await schedule.next(bed), await schedule.next(bed)]).toEqual([gate, read]);
    const next = schedule.next(bed);
    expect(await now(next)).toBe('waiting');
    end(schedule, gate, 'fail');
    expect([await next, await schedule.next(bed)]).toEqual([stored, other]);
  });

  test('what takes long begins early: many changes, and what a mesh may well leave undone', async () => {
    const apply: Step = { apply: [] };
    const look = callFrom('alice');
    const requirement = (level: 'must' | 'should') => ({ ...planned('traffic-access/some').assertion.requirement, level });
    const [one, three, should] = [
      planned('traffic-access/one', { steps: [apply, look], requirement: requirement('must') }),
      planned('traffic-access/three', { steps: [apply, look, apply, look, apply, look], requirement: requirement('must') }),
      planned('traffic-access/should', { steps: [apply, look], requirement: requirement('should') }),
    ];
    const schedule = createSchedule([one, three, should]);
    expect([await schedule.next(bed), await schedule.next(bed), await schedule.next(bed)]).toEqual([should, three, one]);
  });

  test('an exclusive assertion is for a lane that is there when nothing else is left or runs', async () => {
    const [alone, one, two] = [planned('traffic-access/alone', { exclusive: true }), planned('traffic-access/one'), planned('traffic-access/two', { fixture: 'elsewhere' })];
    const schedule = createSchedule([alone, one, two]);
    expect(await schedule.next(bed)).toBe(one);
    expect(schedule.waiting('bed')).toEqual([]);
    end(schedule, one, 'pass');
    expect(await schedule.next(bed)).toBeUndefined();
    expect(await schedule.next(elsewhere)).toBe(two);
    expect(schedule.waiting('bed')).toEqual([]);
    end(schedule, two, 'fail');
    expect(schedule.waiting('bed')).toEqual([alone]);
    expect(await schedule.next(bed)).toBe(alone);
  });

  test('a lane can tell that an exclusive assertion will want it, and when to look again', async () => {
    const [alone, one] = [planned('traffic-access/alone', { exclusive: true }), planned('traffic-access/one', { fixture: 'elsewhere' })];
    const schedule = createSchedule([alone, one]);
    expect([schedule.hasExclusive(bed), schedule.hasExclusive(elsewhere), schedule.exclusiveFixtures(), schedule.hasMore(bed)]).toEqual([true, false, ['bed'], false]);
    const changed = schedule.changed();
    end(schedule, (await schedule.next(elsewhere)) ?? one, 'pass');
    await changed;
    expect(schedule.hasMore(bed)).toBe(true);
    await schedule.next(bed);
    expect(schedule.exclusiveFixtures()).toEqual([]);
  });

  test('exclusive assertions come one by one: those that a mesh may refuse last, and behind them what needs no mesh that answers', async () => {
    const alone = (name: string, fixture: string, ...steps: Step[]): Planned => planned(`traffic-access/${name}`, { exclusive: true, fixture, steps });
    const stored = alone('stored', 'bed', { rejected: [], otherwise: { verdict: 'partial', reason: 'It is stored.' } });
    const tried = alone('tried', 'bed', { try: [] }, callFrom('alice'));
    const plain = alone('plain', 'elsewhere', callFrom('alice'));
    const schedule = createSchedule([stored, tried, plain]);
    expect([schedule.exclusiveFixtures(), schedule.isExclusiveDue()]).toEqual([['elsewhere', 'bed'], true]);
    for (const [entry, lane, other] of [[plain, elsewhere, bed], [tried, bed, elsewhere], [stored, bed, elsewhere]] as const) {
      expect([schedule.isExclusiveNext(), schedule.hasMore(other), schedule.hasMore(lane), schedule.isTrafficAwaited()]).toEqual([true, false, true, entry !== stored]);
      expect(await schedule.next(lane)).toBe(entry);
      expect([schedule.isExclusiveDue(), schedule.isExclusiveNext(), schedule.hasMore(bed), schedule.hasMore(elsewhere)]).toEqual([false, false, false, false]);
      end(schedule, entry, 'pass');
    }
    expect(schedule.isExclusiveNext()).toBe(false);
  });

  test('the lanes of exclusive assertions are due when all others have begun', async () => {
    const [alone, one, two] = [planned('traffic-access/alone', { exclusive: true }), planned('traffic-access/one'), planned('traffic-access/two', { fixture: 'none', exclusive: true })];
    const schedule = createSchedule([alone, one, two]);
    const due = (): boolean[] => [schedule.isExclusiveDue(), schedule.isExclusiveNext()];
    expect(due()).toEqual([false, false]);
    await schedule.next(bed);
    expect(due()).toEqual([false, false]);
    // What has no lane disturbs nobody.
    expect(await schedule.next(seat('none'))).toBe(two);
    expect(due()).toEqual([true, false]);
    end(schedule, one, 'pass');
    end(schedule, two, 'pass');
    expect(due()).toEqual([true, true]);
  });

  test('who waits for lanes of exclusive assertions hears when the last of the others begins, and not before its gates are decided', async () => {
    const [alone, one, gate] = [planned('traffic-access/alone', { exclusive: true }), planned('traffic-access/one'), planned(gateId, { gate: true })];
    const schedule = createSchedule([alone, one, gate]);
    const changed = schedule.changed();
    await schedule.next(bed);
    await schedule.next(bed);
    await changed;
    expect(schedule.isExclusiveDue()).toBe(false);
    schedule.decide(gate, 'pass');
    expect(schedule.isExclusiveDue()).toBe(true);
  });

  test('nothing exclusive begins while a lane is coming', async () => {
    const alone = planned('traffic-access/alone', { exclusive: true });
    const schedule = createSchedule([alone]);
    const [first, second] = [schedule.holdExclusive(), schedule.holdExclusive()];
    first();
    expect(schedule.hasMore(bed)).toBe(false);
    const changed = schedule.changed();
    second();
    await changed;
    expect(await schedule.next(bed)).toBe(alone);
  });

  test('what no lane can be had for is taken back', async () => {
    const [one, two] = [planned('traffic-access/one'), planned('traffic-access/two', { fixture: 'elsewhere' })];
    const schedule = createSchedule([one, two]);
    expect(schedule.withdraw('elsewhere')).toEqual([two]);
    expect(await schedule.next(elsewhere)).toBeUndefined();
    expect(await schedule.next(bed)).toBe(one);
  });

  test('a lane gets only what it has the pods for, and first what others have not', async () => {
    const [common, special] = [planned('traffic-access/common'), planned('traffic-access/special')];
    const isSpecial = (entry: unknown): boolean => entry === special;
    const [whole, part] = [seat('bed', { prefers: isSpecial }), seat('bed', { takes: (entry) => !isSpecial(entry) })];
    const schedule = createSchedule([common, special]);
    expect(await schedule.next(whole)).toBe(special);
    expect(await schedule.next(part)).toBe(common);
    expect(await createSchedule([special]).next(part)).toBeUndefined();
  });

  test('stop sends everyone home, also those who wait', async () => {
    const schedule = createSchedule([planned(gateId, { gate: true, fixture: 'elsewhere' }), planned('traffic-access/other', gated)]);
    const waiting = schedule.next(bed);
    schedule.stop();
    expect(await waiting).toBeUndefined();
    expect(schedule.hasMore(bed)).toBe(false);
  });
});
