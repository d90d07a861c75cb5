import { describe, expect, test } from '@jest/globals';
import type { Cluster, ObjectRef } from '../../src/cluster/port.ts';
import { createHall, type Hall, type Manned } from '../../src/engine/hall.ts';
import type { ComingLane } from '../../src/engine/lanes.ts';
import type { Opening, Openings } from '../../src/engine/openings.ts';
import { fakeContext, fakeLane } from './fake-lane.ts';
import { bed } from './samples.ts';

const seat = { fixture: 'bed', takes: () => true, prefers: () => false };
const openingOf = (isWhole: boolean): Opening => ({ demand: { fixture: bed, workloads: [], common: [], hasGates: false }, name: 'bed-1', workloads: [], isWhole, seat });

/** A hall of one place whose lane is there; what is left to run, and whether there is room, can be told. */
function hallOf(isWhole = true) {
  const deleted: string[] = [];
  const cluster = { delete: ({ kind, name }: ObjectRef) => Promise.resolve(void deleted.push(`${kind} ${name}`)), list: () => Promise.resolve([]), create: () => Promise.reject(new Error('no room for pods')) } as Partial<Cluster> as Cluster;
  const left = { more: false, exclusive: true, room: true, alone: false, due: false };
  const log: string[] = [];
  let change: () => void = () => undefined;
  const note = (word: string) => (): void => void log.push(word);
  const openings: Partial<Openings> = { next: () => (left.room ? undefined : 'full'), ahead: (fixtures) => {
      log.push(`ahead of ${fixtures.join()}`);
      return fixtures.includes('bed') ? openingOf(true) : undefined;
    }, close: note('closed'), standBy: note('stands by'), takeUp: note('taken up') };
  const schedule = { hasMore: () => left.more, hasExclusive: () => left.exclusive, exclusiveFixtures: () => (left.exclusive ? ['bed'] : []), isExclusiveDue: () => left.due, isExclusiveNext: () => left.alone, holdExclusive: () => note('released'), changed: async () => new Promise<void>((resolve) => (change = resolve)) };
  const context = fakeContext({ cluster });
  const hall: Hall = createHall(openings as Openings, schedule, context, (fixture) => void log.push(`without ${fixture}`));
  const coming: ComingLane = { opening: openingOf(isWhole), ready: Promise.resolve({ opening: openingOf(isWhole), lane: fakeLaneWithLines(), options: {} as never }) };
  return { hall, left, log, deleted, change: () => change(), receive: async (): Promise<Manned> => (await hall.receive(coming)) as Manned };
}

function fakeLaneWithLines() {
  const { lane } = fakeLane(() => ({ refused: 'HTTP 403' }));
  return { ...lane, probes: new Map() };
}

describe('a lane in which nothing can run for now', () => {
  test('stands by where an exclusive assertion will want it, and who waits takes it up when all else is over', async () => {
    const { hall, left, log, deleted, change, receive } = hallOf();
    const manned = await receive();
    await hall.leave(manned);
    const next = hall.next();
    left.more = true;
    change();
    expect(await next).toBe(manned);
    expect(log).toEqual(['released', 'stands by', 'taken up']);
    expect(deleted).toEqual([]);
    Object.assign(left, { more: false, exclusive: false });
    await hall.leave(manned);
    expect(await hall.next()).toBeUndefined();
    expect(log.at(-1)).toBe('closed');
    expect(deleted).toContain('Namespace smi-run-bed-1');
  });

  test('makes room where another lane is waited for', async () => {
    const { hall, left, log, deleted, receive } = hallOf();
    await hall.leave(await receive());
    left.room = false;
    const next = hall.next();
    Object.assign(left, { room: true, exclusive: false });
    expect(await next).toBeUndefined();
    expect(log).toEqual(['released', 'stands by', 'closed']);
    expect(deleted).toContain('Namespace smi-run-bed-1');
  });

  test('is not in the way while the lane at work is about to make room', async () => {
    const { hall, left, log, receive } = hallOf();
    const [standing, atWork] = [await receive(), await receive()];
    await hall.leave(standing);
    Object.assign(left, { room: false, alone: true });
    const next = hall.next();
    await new Promise((resolve) => setImmediate(resolve));
    Object.assign(left, { room: true, exclusive: false });
    await hall.leave(atWork);
    expect(await next).toBeUndefined();
    expect(log).toEqual(['released', 'released', 'stands by', 'closed']);
  });

  test('that is built ahead of its time and cannot be had costs nobody a verdict, and is not built ahead again', async () => {
    const { hall, left, log, deleted, change } = hallOf();
    left.due = true;
    const next = hall.next();
    while (log.at(-1) !== 'ahead of ') await new Promise((resolve) => setImmediate(resolve));
    left.exclusive = false;
    change();
    expect(await next).toBeUndefined();
    expect(log).toEqual(['ahead of bed', 'closed', 'released', 'ahead of ']);
    expect(deleted).toContain('Namespace smi-run-bed-1');
  });

  test('makes room once, however many wait for it', async () => {
    const { hall, left, log, receive } = hallOf();
    for (const manned of [await receive(), await receive()]) await hall.leave(manned);
    left.room = false;
    const both = [hall.next(), hall.next()];
    Object.assign(left, { room: true, exclusive: false });
    expect(await Promise.all(both)).toEqual([undefined, undefined]);
    expect(log.filter((word) => word === 'closed')).toHaveLength(1);
  });

  test.each([['that has not all pods of its fixture', false, true], ['that nothing exclusive is to come for', true, false]])('is closed at once: one %s', async (_what, isWhole, exclusive) => {
    const { hall, left, log, receive } = hallOf(isWhole);
    left.exclusive = exclusive;
    await hall.leave(await receive());
    expect(log).toEqual(['released', 'closed']);
  });
});
