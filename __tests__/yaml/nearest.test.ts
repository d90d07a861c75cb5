import { expect, test } from '@jest/globals';
import { editDistance, nearest } from '../../src/yaml/nearest.ts';

test.each([
  ['', '', 0], ['osm', 'osm', 0], ['', 'osm', 3], ['osm', 'ossm', 1], ['osm', 'om', 1], ['osm', 'osn', 1], ['osm', 'oms', 1], ['kitten', 'sitting', 3], ['linkred', 'linkerd', 1], ['a', 'a'.repeat(100), 99], ['a', 'a'.repeat(101), Infinity], ['ab', 'ba', 1], ['abcd', 'badc', 2], ['ab', 'bba', 2],
])('from %p to %p are %p letters', (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
  expect(editDistance(to, from)).toBe(distance);
});

test('the nearest come first, the far ones not at all', () => {
  expect(nearest('Lnkerd', ['osm', 'linkerd2', 'linkerd', 'linkerd'])).toEqual(['linkerd', 'linkerd2']);
  expect(nearest('om', ['osm', 'kuma'])).toEqual(['osm']);
  expect(nearest('consul', ['istio', 'kuma'])).toEqual([]);
});
