import { describe, expect, test } from '@jest/globals';
import type { Assertion } from '../../src/model/assertion.ts';
import type { Verdict, Version } from '../../src/model/specification.ts';
import { closedGate, gateOfReason, gatesOf } from '../../src/judge/index.ts';
import { assertionOf } from './assertion.ts';

const behind = (id: string, gates: string[]): Assertion => assertionOf({ id, gates });
const gate = 'traffic-access/default-deny';
const verdictsAt = (...entries: [Version, Verdict][]): { version: Version; verdict: Verdict }[] => entries.map(([version, verdict]) => ({ version, verdict }));

test('the gates of a selection are those that its assertions name, none of them judged', () => {
  expect(gatesOf([{ gates: [gate, 'traffic-access/allow-listed-source'] }, { gates: [gate] }, { gates: [] }])).toEqual({ [gate]: [], 'traffic-access/allow-listed-source': [] });
});

describe('a gate', () => {
  const mine = behind('traffic-access/identity-not-labels', [gate]);
  test.each([
    ['pass', undefined], ['partial', undefined],
    ['fail', 'failed'], ['skip', 'was skipped'], ['inconclusive', 'was inconclusive'], ['error', 'could not be judged'], ['info', 'was only observed'],
  ] as const)('that ended as %s', (verdict, words) => {
    expect(closedGate(mine, 'v1alpha3', { [gate]: verdictsAt(['v1alpha3', verdict]) })?.reason).toBe(words && `The gate ${gate} ${words}`);
  });
  test('that was never judged is closed', () => {
    expect(closedGate(mine, 'v1alpha3', { [gate]: [] })).toEqual({ gate, reason: `The gate ${gate} was not judged` });
    expect(closedGate(mine, 'v1alpha3', {})?.gate).toBe(gate);
  });
  test('of the same specification speaks for its own version', () => {
    const gates = { [gate]: verdictsAt(['v1alpha2', 'fail'], ['v1alpha3', 'pass']) };
    expect([closedGate(mine, 'v1alpha2', gates)?.gate, closedGate(mine, 'v1alpha3', gates)]).toEqual([gate, undefined]);
  });
  test('that was not judged at this version speaks by all that there are', () => {
    expect(closedGate(mine, 'v1alpha4', { [gate]: verdictsAt(['v1alpha2', 'pass'], ['v1alpha3', 'fail']) })?.gate).toBe(gate);
    expect(closedGate(mine, 'v1alpha4', { [gate]: verdictsAt(['v1alpha2', 'pass'], ['v1alpha3', 'pass']) })).toBeUndefined();
  });
  test('of another specification has other version numbers: all of them count', () => {
    const other = behind('traffic-specs/path-selects', [gate]);
    expect(closedGate(other, 'v1alpha3', { [gate]: verdictsAt(['v1alpha2', 'fail'], ['v1alpha3', 'pass']) })?.gate).toBe(gate);
  });
  test('the first that is closed is named', () => {
    const two = behind('traffic-split/weighted-75-25', ['traffic-split/root-without-split', 'traffic-split/all-to-first']);
    const gates = { 'traffic-split/root-without-split': verdictsAt(['v1alpha2', 'pass']), 'traffic-split/all-to-first': verdictsAt(['v1alpha2', 'fail']) };
    expect(closedGate(two, 'v1alpha2', gates)?.gate).toBe('traffic-split/all-to-first');
  });
  test('an assertion without gates stands open', () => expect(closedGate(behind('traffic-access/crd-traffictarget', []), 'v1alpha3', {})).toBeUndefined());
});

test('a reason can be read back to the gate that it names', () => {
  const closed = closedGate(behind('traffic-access/identity-not-labels', [gate]), 'v1alpha3', {});
  expect(gateOfReason(`${closed?.reason}, so what was seen here proves nothing`)).toBe(gate);
  expect([gateOfReason('132 of 132 attempts'), gateOfReason(undefined)]).toEqual([undefined, undefined]);
});
