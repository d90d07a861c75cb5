import { describe, expect, test } from '@jest/globals';
import { createSchedule } from '../../src/engine/schedule.ts';
import { planned } from './samples.ts';

const gateId = 'traffic-access/default-deny';
const gated = { gates: [gateId] };

/** Resolves to `waiting` where a promise has not settled by the next turn. */
async function now<T>(promise: Promise<T>): Promise<T | 'waiting'> {
  return Promise.race([promise, new Promise<'waiting'>((resolve) => setImmediate(() => resolve('waiting')))]);
}

describe('createSchedule', () => {
  test('hands out a gate first, and what is behind it only when the gate is decided', async () => {
    const [gate, other] = [planned(gateId, { gate: true }), planned('traffic-access/other', gated)];
    const schedule = createSchedule([other, gate]);
    expect(await schedule.next('bed')).toBe(gate);
    const next = schedule.next('bed');
    expect(await now(next)).toBe('waiting');
    schedule.settle(gate, 'pass');
    expect(await next).toBe(other);
    expect(schedule.gate(other)).toEqual({ state: 'open' });
    schedule.settle(other, 'pass');
    expect(await schedule.next('bed')).toBeUndefined();
  });

  test.each(['fail', 'error', 'inconclusive'] as const)('closes what is behind a gate that ended in %s', async (verdict) => {
    const [gate, other] = [planned(gateId, { gate: true }), planned('traffic-access/other', gated)];
    const schedule = createSchedule([gate, other]);
    await schedule.next('bed');
    schedule.settle(gate, verdict);
    expect(await schedule.next('bed')).toBe(other);
    expect(schedule.gate(other)).toMatchObject({ state: 'closed', reason: expect.stringContaining('default-deny') });
  });

  test('a gate of another fixture holds back as well', async () => {
    const [gate, other] = [planned(gateId, { gate: true, fixture: 'elsewhere' }), planned('traffic-access/other', gated)];
    const schedule = createSchedule([other, gate]);
    expect(await now(schedule.next('bed'))).toBe('waiting');
    expect(await schedule.next('elsewhere')).toBe(gate);
  });

  test('gates do not wait for each other', async () => {
    const [first, second] = [planned(gateId, { gate: true }), planned('traffic-access/allow-listed-source', { gate: true })];
    const schedule = createSchedule([first, second]);
    expect([await schedule.next('bed'), await schedule.next('bed')]).toEqual([first, second]);
  });

  test('an exclusive assertion runs alone, after all others', async () => {
    const [alone, one, two] = [planned('traffic-access/alone', { exclusive: true }), planned('traffic-access/one'), planned('traffic-access/two', { fixture: 'elsewhere' })];
    const schedule = createSchedule([alone, one, two]);
    expect(await schedule.next('bed')).toBe(one);
    const last = schedule.next('bed');
    schedule.settle(one, 'pass');
    expect(await now(last)).toBe('waiting');
    expect(await schedule.next('elsewhere')).toBe(two);
    schedule.settle(two, 'fail');
    expect(await last).toBe(alone);
  });

  test('stop sends everyone home, also those who wait', async () => {
    const schedule = createSchedule([planned(gateId, { gate: true, fixture: 'elsewhere' }), planned('traffic-access/other', gated)]);
    const waiting = schedule.next('bed');
    schedule.stop();
    expect(await waiting).toBeUndefined();
    expect(schedule.hasMore('bed')).toBe(false);
  });
});
