import { describe, expect, test } from '@jest/globals';
import { acceptanceInterval, probabilityWithin, splitFalseFailure, splitIntervals } from '../../src/judge/binomial.ts';

const alpha = 1e-6;

/** Figures published with the catalogue, computed there with exact integers. */
const catalogue: { n: number; p: number; low: number; high: number; falseFailure: number; wrong: [p: number, passes: number][] }[] = [
  { n: 1000, p: 1 / 2, low: 423, high: 577, falseFailure: 9.06e-7, wrong: [[3 / 4, 5.85e-33], [2 / 3, 2.13e-9], [0.6, 7.35e-2], [1, 0]] },
  { n: 1000, p: 3 / 4, low: 681, high: 815, falseFailure: 7.76e-7, wrong: [[1 / 2, 3.91e-31], [1 / 4, 3.67e-180], [0.9, 3.06e-16], [0.6, 6.97e-8], [2 / 3, 1.77e-1], [1, 0]] },
  { n: 1000, p: 1 / 4, low: 185, high: 319, falseFailure: 7.76e-7, wrong: [[1 / 2, 3.91e-31], [3 / 4, 3.67e-180], [1 / 3, 1.77e-1]] },
  { n: 1000, p: 0.9, low: 851, high: 943, falseFailure: 8.4e-7, wrong: [[1 / 2, 2.68e-120], [3 / 4, 4.61e-15], [0.8, 1.83e-5], [1, 0]] },
  { n: 1000, p: 2 / 3, low: 593, high: 738, falseFailure: 9.22e-7, wrong: [[1 / 2, 2.22e-9], [1 / 3, 2.9e-63], [3 / 4, 2e-1], [1, 0]] },
  { n: 1000, p: 1 / 3, low: 262, high: 407, falseFailure: 9.22e-7, wrong: [[1 / 2, 2.22e-9], [2 / 3, 2.9e-63], [1 / 4, 2e-1]] },
  { n: 400, p: 1 / 2, low: 151, high: 249, falseFailure: 6.53e-7, wrong: [[3 / 4, 1.19e-8], [2 / 3, 3.53e-2], [0.6, 8.34e-1]] },
  { n: 400, p: 3 / 4, low: 256, high: 340, falseFailure: 7.91e-7, wrong: [[1 / 2, 1.17e-8], [1 / 4, 1.26e-60], [0.9, 1.05e-3]] },
  { n: 400, p: 1 / 4, low: 60, high: 144, falseFailure: 7.91e-7, wrong: [[1 / 2, 1.17e-8], [3 / 4, 1.26e-60], [1 / 3, 8.81e-1]] },
  { n: 400, p: 0.9, low: 328, high: 386, falseFailure: 6.26e-7, wrong: [[1 / 2, 1.99e-40], [0.1, 2.09e-251], [3 / 4, 5.22e-4]] },
];

/** Equal in the three digits that were published. */
function sameThreeDigits(actual: number, published: number): void {
  if (published === 0) expect(actual).toBe(0);
  else expect(Number(actual.toPrecision(3))).toBeCloseTo(published, Math.ceil(-Math.log10(published)) + 4);
}

describe.each(catalogue)('$n draws at $p', ({ n, p, low, high, falseFailure, wrong }) => {
  test('the interval is the published one', () => {
    const interval = acceptanceInterval(n, p, alpha);
    expect([interval.low, interval.high]).toEqual([low, high]);
    sameThreeDigits(interval.falseFailure, falseFailure);
  });
  test.each(wrong)('a mesh that gives %d passes with %d', (other, passes) => {
    const actual = probabilityWithin(n, other, low, high);
    if (passes === 0) expect(actual).toBe(0);
    else expect(Math.abs(actual / passes - 1)).toBeLessThan(0.005);
  });
});

test('what is inside and what is outside add up to everything', () => {
  const { low, high, falseFailure } = acceptanceInterval(1000, 0.9, alpha);
  expect(probabilityWithin(1000, 0.9, low, high) + falseFailure).toBeCloseTo(1, 10);
  expect(probabilityWithin(1000, 0.9, 0, 1000)).toBeCloseTo(1, 10);
});

test('one draw more on either side would exceed alpha', () => {
  const { low, high } = acceptanceInterval(1000, 0.75, alpha);
  expect(probabilityWithin(1000, 0.75, 0, low)).toBeGreaterThan(alpha / 2);
  expect(probabilityWithin(1000, 0.75, high, 1000)).toBeGreaterThan(alpha / 2);
});

describe('distributions', () => {
  test('two backends are one check and its mirror', () => {
    expect(splitIntervals(1000, { 'web-v1': 75, 'web-v2': 25 }, alpha)).toEqual([
      { workload: 'web-v1', low: 681, high: 815 },
      { workload: 'web-v2', low: 185, high: 319 },
    ]);
    sameThreeDigits(splitFalseFailure(1000, { 'web-v1': 75, 'web-v2': 25 }, alpha), 7.76e-7);
  });
  test('three backends are three checks at a third of alpha', () => {
    const shares = { 'web-v1': 60, 'web-v2': 30, 'web-v3': 10 };
    expect(splitIntervals(1000, shares, alpha).map(({ low, high }) => [low, high])).toEqual([[520, 678], [228, 375], [55, 152]]);
    expect(splitFalseFailure(1000, shares, alpha)).toBeLessThanOrEqual(7.88e-7);
    expect(splitFalseFailure(1000, shares, alpha)).toBeGreaterThan(5e-7);
  });
  test('weights are relative, whatever their sum', () => {
    expect(splitIntervals(1000, { a: 3, b: 1 }, alpha)).toEqual(splitIntervals(1000, { a: 75, b: 25 }, alpha));
  });
  test('a weight of 0 gives exactly nothing, a single backend everything', () => {
    expect(splitIntervals(300, { a: 1, b: 0 }, alpha)).toEqual([{ workload: 'a', low: 300, high: 300 }, { workload: 'b', low: 0, high: 0 }]);
    expect(splitFalseFailure(300, { a: 1, b: 0 }, alpha)).toBe(0);
  });
  test('a zero among several takes no part of alpha', () => {
    expect(splitIntervals(1000, { a: 1, z: 0, b: 1 }, alpha)).toEqual([
      { workload: 'a', low: 423, high: 577 }, { workload: 'z', low: 0, high: 0 }, { workload: 'b', low: 423, high: 577 },
    ]);
  });
});
