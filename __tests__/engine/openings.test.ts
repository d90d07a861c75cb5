import { describe, expect, test } from '@jest/globals';
import type { Demand } from '../../src/engine/demand.ts';
import { createOpenings, type Opening } from '../../src/engine/openings.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import type { Planned } from '../../src/suite/index.ts';
import { bed, callFrom, plainMesh, planned } from './samples.ts';

const apply = { apply: [] };
/** Assertions with as many changes as numbers say. */
const entries = (fixture: string, ...changes: number[]): Planned[] => changes.map((count, index) => planned(`traffic-access/${fixture}-${index}`, { fixture, steps: [...Array.from({ length: count }, () => apply), callFrom('alice')] }));
const demand = (name: string, more: Partial<Demand> = {}): Demand => ({ fixture: { ...bed, name }, workloads: bed.workloads.slice(0, 3), common: bed.workloads.slice(0, 2), hasGates: false, ...more });

/** Openings over fixtures whose waiting assertions can be taken away. */
function openingsOf(demands: Demand[], waiting: Record<string, Planned[]>, mesh: MeshDefinition = plainMesh) {
  const openings = createOpenings(demands, mesh, (fixture) => waiting[fixture] ?? []);
  const names = (): string[] => {
    const found: string[] = [];
    for (let next = openings.next(); typeof next === 'object'; next = openings.next()) found.push(next.name);
    return found;
  };
  return { openings, names };
}

describe('createOpenings', () => {
  test('lanes in which gates are asked come first, all of them', () => {
    const { openings } = openingsOf([demand('a', { hasGates: true }), demand('b'), demand('c', { hasGates: true })], {});
    expect(openings.first().map(({ name }) => name)).toEqual(['a-1', 'c-1']);
  });

  test('the fixture with most left to do per lane is next, where a first lane also has to be built', () => {
    const { names } = openingsOf([demand('a'), demand('b')], { a: entries('a', 9, 9, 9), b: entries('b', 12) });
    expect(names()).toEqual(['a-1', 'b-1', 'a-2', 'a-3', 'a-4', 'b-2', 'a-5']);
  });

  test('ahead of time comes the first lane of a fixture that will be wanted, where there is room beside all others', () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ name: `w${index}`, listeners: [] }));
    const { openings } = openingsOf([demand('a', { workloads: many }), demand('b', { workloads: many }), demand('c')], {});
    const wanted = (...fixtures: string[]) => openings.ahead(fixtures);
    const early = wanted('a') as Opening;
    expect(early).toMatchObject({ name: 'a-1', isWhole: true });
    expect([wanted('a'), wanted('b'), wanted()]).toEqual([undefined, undefined, undefined]);
    openings.standBy(early);
    expect([wanted('a'), wanted('b'), wanted('b', 'a', 'c'), wanted('a', 'c')?.name]).toEqual([undefined, undefined, undefined, 'c-1']);
  });

  test('a further lane has the common pods only, and takes only what they are enough for', () => {
    const { openings } = openingsOf([demand('a')], { a: entries('a', 9, 9, 9) });
    const [whole, part] = [openings.next() as Opening, openings.next() as Opening];
    expect([whole.workloads.length, part.workloads.length]).toEqual([3, 2]);
    const needsBob = planned('traffic-access/bob', { fixture: 'a', steps: [callFrom('bob')] });
    expect([whole.seat.takes(needsBob), part.seat.takes(needsBob), whole.seat.prefers(needsBob)]).toEqual([true, false, true]);
  });

  test('no lane is opened for little, and none for nothing', () => {
    expect(openingsOf([demand('a')], { a: entries('a', 2, 2) }).names()).toEqual(['a-1']);
    expect(openingsOf([demand('a')], { a: [] }).names()).toEqual([]);
  });

  test('a fixture without a lane gets one for whatever is left, and that lane is whole', () => {
    const { openings } = openingsOf([demand('a')], { a: [planned('traffic-access/x', { fixture: 'a', kind: 'presence' })] });
    const first = openings.next() as Opening;
    openings.close(first);
    expect(openings.next()).toMatchObject({ name: 'a-2', workloads: bed.workloads.slice(0, 3) });
  });

  test('waits when the node has no room for more pods, until a lane is closed', () => {
    const heavy = Array.from({ length: 50 }, (_, index) => ({ name: `w${index}`, listeners: [] }));
    const { openings } = openingsOf([demand('a', { workloads: heavy }), demand('b', { workloads: heavy })], { a: entries('a', 9), b: entries('b', 8) });
    const first = openings.next() as Opening;
    expect(openings.next()).toBe('full');
    openings.close(first);
    expect(openings.next()).toMatchObject({ name: expect.stringMatching(/^[ab]-/) });
  });

  test('a node has room for fewer pods with side proxies', () => {
    const middling = Array.from({ length: 25 }, (_, index) => ({ name: `w${index}`, listeners: [] }));
    const demands = [demand('a', { workloads: middling }), demand('b', { workloads: middling })];
    const waiting = { a: entries('a', 1), b: entries('b', 1) };
    expect(openingsOf(demands, waiting).names()).toHaveLength(2);
    expect(openingsOf(demands, waiting, { ...plainMesh, enrolment: { ...plainMesh.enrolment, sidecar: 'envoy' } }).names()).toHaveLength(1);
  });

  test("keeps within the mesh's own limit of ports of one protocol, but always opens one", () => {
    const waiting = { a: entries('a', 9, 9, 9, 9) };
    const { openings } = openingsOf([demand('a')], waiting, { ...plainMesh, servicePorts: { tcp: 1 } });
    expect(openings.next()).toMatchObject({ name: 'a-1' });
    expect(openings.next()).toBe('full');
    expect(openingsOf([demand('a')], waiting, { ...plainMesh, servicePorts: { tcp: 0 } }).openings.next()).toMatchObject({ name: 'a-1' });
  });

  test('no further lane is opened for exclusive assertions, which come one by one', () => {
    const alone = entries('a', 40).map((entry) => ({ ...entry, assertion: { ...entry.assertion, exclusive: true as const } }));
    expect(openingsOf([demand('a')], { a: alone }).names()).toEqual(['a-1']);
    expect(openingsOf([demand('a')], { a: entries('a', 40) }).names().length).toBeGreaterThan(1);
  });

  test('enough is enough', () => {
    const { openings } = openingsOf([demand('a')], { a: entries('a', 9, 9, 9) });
    openings.next();
    openings.enough('a');
    expect(openings.next()).toBeUndefined();
  });
});
