import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { identityOf } from '../../src/judge/index.ts';
import { ConformanceError } from '../../src/model/errors.ts';
import { partOf } from '../../src/run/part.ts';
import { type Durations, loadSuite, planSuite, type Planned, shardsOf } from '../../src/suite/index.ts';
import { osm, reference } from './surroundings.ts';

const named = ({ assertion: { id }, version }: Planned): string => identityOf({ id, version });

let whole: Planned[];
let ofOsm: Planned[];
beforeAll(async () => {
  const suite = await loadSuite(join(import.meta.dirname, '../../assertions'));
  whole = planSuite({ suite, ...reference, only: [], skip: [] }).plan;
  ofOsm = planSuite({ suite, ...osm, only: [], skip: [] }).plan;
});

describe.each([1, 2, 3, 5, 8])('%d parts', (of) => {
  test.each([['every version', () => whole], ['one version of each', () => ofOsm]])('hold everything of %s once, but for gates, in the order of the plan', (_, plan) => {
    const parts = shardsOf(plan(), of);
    expect(parts).toHaveLength(of);
    expect(parts.flat().filter(({ gate }) => !gate).map(named).toSorted()).toEqual(plan().filter(({ gate }) => !gate).map(named).toSorted());
    expect(new Set(parts.flat().map(named))).toEqual(new Set(plan().map(named)));
    for (const part of parts) {
      expect(part).toEqual(plan().filter((entry) => part.includes(entry)));
      expect(new Set(part.map(named)).size).toBe(part.length);
    }
  });

  test('have the gates of all that they run, at every version of those', () => {
    for (const part of shardsOf(whole, of)) {
      const there = new Set(part.map(named));
      const needed = part.filter(({ skipReason }) => skipReason === undefined).flatMap(({ assertion }) => assertion.gates);
      expect(whole.filter(({ assertion }) => needed.includes(assertion.id)).map(named).filter((gate) => !there.has(gate))).toEqual([]);
    }
  });

  test('are the same whenever they are made', () => expect(shardsOf([...whole], of)).toEqual(shardsOf(whole, of)));
});

describe('parts are balanced', () => {
  /** What takes time: of gates, what each part spends on them. */
  const loadsBy = (parts: Planned[][], weigh: (entry: Planned) => number): number[] => parts.map((part) => part.filter(({ skipReason }) => skipReason === undefined).reduce((sum, entry) => sum + weigh(entry), 0));
  const spread = (loads: number[]): number => Math.max(...loads) / Math.min(...loads);

  test.each([2, 3, 4])('by the steps where nothing is known: %d', (of) => {
    expect(spread(loadsBy(shardsOf(whole, of), ({ assertion }) => 2 + assertion.steps.length))).toBeLessThan(1.5);
  });

  test.each([2, 3, 4])('by the durations of an earlier run, however uneven: %d', (of) => {
    const blind = shardsOf(whole, of);
    // What would all come together without them.
    const slow = new Set(blind[0]?.filter(({ gate }) => !gate));
    const took = (entry: Planned): number => (slow.has(entry) ? 9000 : 1500) + (whole.indexOf(entry) % 7) * 300;
    const durations: Durations = new Map(whole.map((entry) => [named(entry), took(entry)]));
    expect(spread(loadsBy(blind, took))).toBeGreaterThan(2);
    expect(spread(loadsBy(shardsOf(whole, of, durations), took))).toBeLessThan(1.15);
  });

  test('what an earlier run did not have is weighed at the pace of what it had', () => {
    const known = whole.filter((_, at) => at % 2 === 0);
    const parts = shardsOf(whole, 3, new Map(known.map((entry) => [named(entry), 2000 + entry.assertion.steps.length * 1000])));
    expect(spread(loadsBy(parts, ({ assertion }) => 2 + assertion.steps.length))).toBeLessThan(1.6);
  });
});

test('assertions of one fixture tend to stay together: each part sets up fewer test beds than there are', () => {
  const beds = (part: Planned[]): number => new Set(part.filter(({ skipReason }) => skipReason === undefined).map(({ assertion }) => assertion.fixture)).size;
  const parts = shardsOf(ofOsm, 3);
  expect(parts.reduce((sum, part) => sum + beds(part), 0)).toBeLessThan(3 * beds(ofOsm));
});

describe('the part of a run', () => {
  test('bears the whole plan, for whoever merges', () => {
    const { plan, shard } = partOf(whole, { shard: { index: 2, of: 3 } }, new Map());
    expect(plan).toEqual(shardsOf(whole, 3)[1]);
    expect(shard).toEqual({ index: 2, of: 3, planned: whole.map(named) });
  });
  test('is the plan where no part was asked for', () => expect(partOf(whole, {}, new Map())).toEqual({ plan: whole }));
  test('must not be empty', () => {
    const few = whole.filter(({ gate }) => !gate).slice(0, 2).map((entry) => ({ ...entry, skipReason: 'it is so' }));
    expect(() => partOf(few, { shard: { index: 3, of: 3 } }, new Map())).toThrow(ConformanceError);
    expect(() => partOf(few, { shard: { index: 3, of: 3 } }, new Map())).toThrow('shard: nothing is left for part 3 of 3, since 2 results are planned: ask for fewer parts');
  });
});
