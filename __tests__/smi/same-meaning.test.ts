import { describe, expect, test } from '@jest/globals';
import type { KubeObject } from '../../src/cluster/port.ts';
import { sameMeaning, sameMeaningElsewhere } from '../../src/smi/index.ts';
import { sameQuantity } from '../../src/smi/quantity.ts';

const object = (spec: unknown, apiVersion = 'split.smi-spec.io/v1alpha2'): KubeObject => ({ apiVersion, kind: 'TrafficSplit', metadata: { name: 's', namespace: 'n', labels: { run: '1' } }, spec });
const weighted = (weight: unknown) => ({ service: 'web', backends: [{ service: 'a', weight }] });

describe('what is stored means what was written', () => {
  test('with everything that a server adds', () => {
    const stored = { ...object({ ...weighted(1), defaulted: true }), status: {} };
    stored.metadata = { ...stored.metadata, uid: 'u', resourceVersion: '7', managedFields: [], labels: { run: '1', other: '2' } };
    expect(sameMeaning(object(weighted(1)), stored)).toEqual({ same: true });
  });

  test.each([
    ['1', 1], [1, '1000m'], ['500m', '0.5'], ['1', '1.0'],
  ])('quantities of v1alpha1 by value: %p and %p', (written, stored) => {
    const [one, other] = [object(weighted(written), 'split.smi-spec.io/v1alpha1'), object(weighted(stored), 'split.smi-spec.io/v1alpha1')];
    expect(sameMeaning(one, other)).toEqual({ same: true });
  });
});

describe('a difference names the first pointer and both values', () => {
  test.each<[string, unknown, unknown, string]>([
    ['a dropped field', { service: 'web', matches: [] }, { service: 'web' }, '/spec/matches: written [], stored nothing'],
    ['everything dropped', { service: 'web' }, undefined, '/spec: written {"service":"web"}, stored nothing'],
    ['a changed value', weighted(75), weighted(25), '/spec/backends/0/weight: written 75, stored 25'],
    ['a changed type', weighted(75), weighted('75'), '/spec/backends/0/weight: written 75, stored "75"'],
    ['a shorter list', { ports: [1, 2] }, { ports: [1] }, '/spec/ports: written [1,2], stored [1]'],
    ['a longer list', { ports: [] }, { ports: [1] }, '/spec/ports: written [], stored [1]'],
    ['a list where a map was', { headers: { a: 'b' } }, { headers: [{ a: 'b' }] }, '/spec/headers: written {"a":"b"}, stored [{"a":"b"}]'],
    ['a key with a slash', { headers: { 'a/~b': '1' } }, { headers: {} }, '/spec/headers/a~1~0b: written "1", stored nothing'],
  ])('%s', (_what, written, stored, difference) => {
    expect(sameMeaning(object(written), object(stored))).toEqual({ same: false, difference });
  });

  test('a quantity of another size, a lost label, another version', () => {
    const first = 'split.smi-spec.io/v1alpha1';
    expect(sameMeaning(object(weighted(1), first), object(weighted('1500m'), first))).toEqual({ same: false, difference: '/spec/backends/0/weight: written 1, stored "1500m"' });
    expect(sameMeaning(object({}), { ...object({}), metadata: { name: 's', namespace: 'n' } })).toEqual({ same: false, difference: '/metadata/labels: written {"run":"1"}, stored nothing' });
    expect(sameMeaning(object({}), object({}, first))).toMatchObject({ same: false, difference: expect.stringMatching(/^\/apiVersion: /) });
  });
});

test.each<[unknown, unknown, boolean]>([
  ['1Ki', 1024, true], ['1k', '1000', true], ['2M', '2e6', true], ['1E3', '1k', true], ['-500m', '-.5', true], ['100n', '0.0000001', true], ['+1.', 1, true], ['1Ei', '1152921504606846976', true],
  ['1', '1m', false], ['-1', '1', false], ['-500m', '.5', false], ['50%', '50%', false], ['', '', false], ['.', '.', false], [undefined, undefined, false], [true, true, false], ['1 ', '1', false],
])('sameQuantity(%p, %p) is %p', (left, right, expected) => {
  expect(sameQuantity(left, right)).toBe(expected);
});

describe('an object that is read in another version', () => {
  const split = (version: string, ...weights: unknown[]): KubeObject => ({
    apiVersion: `split.smi-spec.io/${version}`, kind: 'TrafficSplit', metadata: { name: 's', namespace: 'n' }, spec: { service: 'web', backends: weights.map((weight, index) => ({ service: `web-v${index}`, weight })) },
  });

  test('has weights in the same ratio, however they are written', () => {
    expect(sameMeaningElsewhere(split('v1alpha4', 2, 1), split('v1alpha4', 1000, 500))).toEqual({ same: true });
    expect(sameMeaningElsewhere(split('v1alpha1', '1', '500m'), split('v1alpha1', 2, '1'))).toEqual({ same: true });
    expect(sameMeaningElsewhere(split('v1alpha4', 0, 0), split('v1alpha4', 0, 0))).toEqual({ same: true });
  });

  test('and any other ratio, or another field, is a difference', () => {
    expect(sameMeaningElsewhere(split('v1alpha4', 2, 1), split('v1alpha4', 1, 500))).toEqual({ same: false, difference: '/spec/backends/0/weight: written 2, stored 1 (weights as a ratio)' });
    expect(sameMeaningElsewhere(split('v1alpha4', 2, 1), split('v1alpha4', 2))).toMatchObject({ same: false });
    const route = { apiVersion: 'specs.smi-spec.io/v1alpha4', kind: 'TCPRoute', metadata: { name: 'r' }, spec: { matches: { ports: [1] } } };
    expect(sameMeaningElsewhere(route, { ...route, spec: { matches: { ports: [2] } } })).toEqual({ same: false, difference: '/spec/matches/ports/0: written 1, stored 2' });
  });
});
