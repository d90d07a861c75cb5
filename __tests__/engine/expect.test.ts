import { describe, expect, test } from '@jest/globals';
import { itemOfSample, itemsOf } from '../../src/engine/expect.ts';

const traffic = { from: 'alice', to: 'srv' };

describe('itemsOf', () => {
  test('a measured denial is large enough to rule out a leak of one in ten at 1e-6', () => {
    const [item] = itemsOf({ denied: [traffic] }, 'measure');
    expect(0.9 ** (item?.attempts ?? 0)).toBeLessThan(1e-6);
  });

  test('a look while waiting is smaller than the one that decides', () => {
    for (const expectation of [{ allowed: [traffic] }, { denied: [traffic] }, { answered: [{ ...traffic, by: ['a'], attempts: 200 }] }]) {
      const [waiting, deciding] = [itemsOf(expectation, 'converge')[0], itemsOf(expectation, 'measure')[0]];
      expect(waiting?.attempts).toBeLessThan(deciding?.attempts ?? 0);
      expect(waiting?.expected).toEqual(deciding?.expected);
    }
  });

  test('every list of an expectation is looked at', () => {
    const items = itemsOf({ allowed: [traffic], denied: [traffic, traffic], answered: [{ ...traffic, by: ['a', 'b'], attempts: 60 }] }, 'measure');
    expect(items.map(({ expected }) => expected.outcome)).toEqual(['allowed', 'denied', 'denied', 'answered']);
    expect(items.at(-1)).toMatchObject({ attempts: 60, expected: { by: ['a', 'b'] } });
  });
});

test('a sample is measured by all of its attempts, which the assertion names', () => {
  const sample = { ...traffic, attempts: 1000, shares: { a: 3, b: 1 }, ports: { a: 8081 } };
  expect(itemOfSample(sample, 'measure')).toMatchObject({ attempts: 1000, expected: { outcome: 'shares', shares: { a: 3, b: 1 }, ports: { a: 8081 } } });
  expect(itemOfSample(sample, 'converge').attempts).toBe(100);
});
