import { describe, expect, test } from '@jest/globals';
import { durationOf, numberOf } from '../../src/judge/quantity.ts';

describe('numbers as Kubernetes writes them', () => {
  test.each([[7, 7], ['7', 7], ['10m', 0.01], ['1500m', 1.5], ['2k', 2000], ['1Ki', 1024], ['250u', 0.00025], ['1e3', 1000], ['-1', -1], ['.5', 0.5]])('%p is %p', (value, expected) => {
    expect(numberOf(value)).toBeCloseTo(expected, 10);
  });
  test.each([['NaN'], [Number.NaN], [Number.POSITIVE_INFINITY], [''], ['m'], ['1 m'], ['10ms'], [null], [undefined], [{}], ['Inf']])('%p is none', (value) => expect(numberOf(value)).toBeUndefined());
});

describe('durations', () => {
  test.each([['30s', 30_000], ['1m0s', 60_000], ['1h30m', 5_400_000], ['500ms', 500], ['1.5s', 1500]])('%p is %p ms', (value, expected) => expect(durationOf(value)).toBe(expected));
  test.each([['30'], [30], [''], ['s'], ['-30s'], ['30 s'], [undefined]])('%p is none', (value) => expect(durationOf(value)).toBeUndefined());
});
