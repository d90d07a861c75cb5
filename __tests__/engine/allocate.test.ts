import { describe, expect, test } from '@jest/globals';
import { allocateLanes, type Demand } from '../../src/engine/allocate.ts';
import { bed, plainMesh } from './samples.ts';

const demand = (name: string, assertions: number, workloads = bed.workloads.slice(0, 3), work = assertions): Demand => ({ fixture: { ...bed, name }, workloads, common: workloads, assertions, work });

describe('allocateLanes', () => {
  test('gives the fixture with the most waiting work the next lane, up to the concurrency', () => {
    expect(allocateLanes([demand('access', 30), demand('split', 10)], 4, plainMesh)).toEqual(new Map([['access', 3], ['split', 1]]));
  });

  test('what counts is how much there is to do, not how many assertions do it', () => {
    expect(allocateLanes([demand('access', 20, undefined, 40), demand('split', 12, undefined, 45)], 4, plainMesh)).toEqual(new Map([['access', 2], ['split', 2]]));
  });

  test('gives every fixture one lane, even beyond the concurrency', () => {
    expect(allocateLanes([demand('a', 1), demand('b', 1), demand('c', 1)], 2, plainMesh)).toEqual(new Map([['a', 1], ['b', 1], ['c', 1]]));
  });

  test('builds no lane that would stand idle', () => {
    expect(allocateLanes([demand('a', 2)], 8, plainMesh)).toEqual(new Map([['a', 2]]));
  });

  test('stays within the pods that a node takes', () => {
    const heavy = Array.from({ length: 30 }, (_, index) => ({ name: `w${index}`, listeners: [] }));
    expect(allocateLanes([demand('a', 50, heavy)], 16, plainMesh)).toEqual(new Map([['a', 2]]));
  });

  test("stays within the mesh's own limit of ports of one protocol", () => {
    expect(allocateLanes([demand('a', 50)], 16, { ...plainMesh, servicePorts: { tcp: 3 } })).toEqual(new Map([['a', 3]]));
  });
});
