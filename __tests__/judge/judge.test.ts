import { describe, expect, test } from '@jest/globals';
import type { Step } from '../../src/model/assertion.ts';
import type { RawObservation, StepObservation } from '../../src/model/observation.ts';
import type { Level } from '../../src/model/specification.ts';
import { behindGates, judge, judgeRaw, levelAt } from '../../src/judge/index.ts';
import { assertionOf } from './assertion.ts';
import { look, seen } from './looks.ts';

const alice = { from: 'alice', to: 'srv', path: '/x' };
const bob = { from: 'bob', to: 'srv', path: '/x' };
const good: StepObservation = { verb: 'always', measured: look([seen(alice, { outcome: 'allowed' }, { srv: 20 })], true) };
const bad: StepObservation = { verb: 'always', measured: look([seen(bob, { outcome: 'denied' }, { srv: 132 })], false) };
const unproven: StepObservation = { verb: 'always', measured: look([seen(bob, { outcome: 'denied' }, {}, { timeout: 132 }, { alive: false })], false) };
const stored: StepObservation = { verb: 'apply', writes: [{ kind: 'TrafficTarget', name: 't', apiVersion: 'access.smi-spec.io/v1alpha3', outcome: 'stored' }] };
const always: Step = { always: {} };
const apply: Step = { apply: [] };
const id = 'traffic-access/identity-not-labels';
const gate = 'traffic-access/default-deny';
const observed = (...steps: StepObservation[]): RawObservation => ({ outcome: 'observed', steps });
const verdictOf = (steps: Step[], raw: RawObservation, level: Level = 'must'): string => judgeRaw(assertionOf({ id, steps, level }), 'v1alpha3', raw).verdict;

describe('raw judgement', () => {
  test('pass, with the evidence of the last look', () => {
    expect(judgeRaw(assertionOf({ id, steps: [apply, always] }), 'v1alpha3', observed(stored, good))).toEqual({ verdict: 'pass', expected: 'alice → srv GET /x is allowed', seen: '20 of 20 attempts were answered by srv' });
  });
  test('fail at the first step that does not hold', () => {
    expect(judgeRaw(assertionOf({ id, steps: [apply, always, always] }), 'v1alpha3', observed(stored, bad))).toEqual({
      verdict: 'fail', reason: '132 of 132 attempts bob → srv GET /x were answered by srv', expected: 'bob → srv GET /x is denied', seen: '132 of 132 attempts were answered by srv', failedStep: 1,
    });
  });
  test('a declared lesser behaviour is its verdict, with its reason', () => {
    const otherwise = { verdict: 'partial' as const, reason: 'Opens TCP ports only', denied: [alice] };
    const lesser = look([seen(alice, { outcome: 'denied' }, {}, { 'HTTP 403': 132 })], true, 'otherwise');
    const refused: StepObservation = { verb: 'always', measured: look([seen(alice, { outcome: 'allowed' }, {}, { 'HTTP 403': 20 })], false), otherwise: lesser };
    expect(judgeRaw(assertionOf({ id, steps: [{ always: {}, otherwise }] }), 'v1alpha3', observed(refused))).toMatchObject({ verdict: 'partial', reason: 'Opens TCP ports only', failedStep: 0 });
  });
  test('skip and error keep their reasons', () => {
    expect(judgeRaw(assertionOf({ id }), 'v1alpha3', { outcome: 'skipped', reason: 'not offered' })).toEqual({ verdict: 'skip', reason: 'not offered' });
    expect(judgeRaw(assertionOf({ id }), 'v1alpha3', { outcome: 'errored', code: 'PROBE_LOST', reason: 'gone', steps: [stored, good] })).toEqual({ verdict: 'error', reason: 'PROBE_LOST: gone', failedStep: 1 });
    expect(judgeRaw(assertionOf({ id }), 'v1alpha3', { outcome: 'errored', code: 'PROBE_LOST', reason: 'gone', steps: [] })).toEqual({ verdict: 'error', reason: 'PROBE_LOST: gone' });
  });
  test.each([
    ['without proof of life', [always], observed(unproven)],
    ['observations end early', [apply, always], observed(stored)],
    ['nothing was observed', [always], observed()],
    ['an observation that belongs to another step', [always], observed(stored)],
    ['more observations than steps', [always], observed(good, good)],
  ])('nothing passes by accident: %s', (_name, steps, raw) => expect(verdictOf(steps, raw)).toBe('error'));
});

describe('levels', () => {
  test.each([
    ['must', 'pass', 'fail', 'error'], ['should', 'pass', 'fail', 'error'], ['info', 'info', 'info', 'error'], ['fixture', 'pass', 'error', 'error'],
  ] as const)('%s', (level, whenGood, whenBad, whenUnproven) => {
    expect([good, bad, unproven].map((one) => verdictOf([always], observed(one), level))).toEqual([whenGood, whenBad, whenUnproven]);
  });
  test('info says what was seen, and that it is not scored', () => {
    const reasons = [good, bad].map((one) => judgeRaw(assertionOf({ id, steps: [always], level: 'info' }), 'v1alpha3', observed(one)).reason);
    expect(reasons).toEqual(['As described; observed only, never scored', '132 of 132 attempts bob → srv GET /x were answered by srv; observed only, never scored']);
  });
  test('a skip stays one at every level', () => expect((['must', 'should', 'info', 'fixture'] as const).map((level) => verdictOf([], { outcome: 'skipped', reason: 'x' }, level))).toEqual(Array(4).fill('skip')));
  test('a version may have a level of its own', () => {
    const assertion = assertionOf({ id, steps: [always], levels: { v1alpha1: 'info' } });
    expect([levelAt(assertion, 'v1alpha1'), levelAt(assertion, 'v1alpha3')]).toEqual(['info', 'must']);
    expect([judgeRaw(assertion, 'v1alpha1', observed(bad)).verdict, judgeRaw(assertion, 'v1alpha3', observed(bad)).verdict]).toEqual(['info', 'fail']);
  });
});

describe('behind gates', () => {
  const closed = { [gate]: [{ version: 'v1alpha3' as const, verdict: 'fail' as const }] };
  const open = { [gate]: [{ version: 'v1alpha3' as const, verdict: 'pass' as const }] };
  const assertion = assertionOf({ id, steps: [always], gates: [gate] });
  const skipped: RawObservation = { outcome: 'skipped', reason: 'x' };
  const errored: RawObservation = { outcome: 'errored', code: 'API', reason: 'x', steps: [] };
  test.each([
    ['a pass', observed(good), 'pass', 'inconclusive'], ['a failure', observed(bad), 'fail', 'inconclusive'],
    ['a skip', skipped, 'skip', 'skip'], ['an error', errored, 'error', 'error'],
  ] as const)('%s', (_name, raw, whenOpen, whenClosed) => {
    expect([open, closed].map((gates) => judge({ assertion, version: 'v1alpha3', raw, gates }).verdict)).toEqual([whenOpen, whenClosed]);
  });
  test('inconclusive names the gate, and keeps what was seen', () => {
    expect(judge({ assertion, version: 'v1alpha3', raw: observed(good), gates: closed })).toEqual({
      verdict: 'inconclusive', reason: `The gate ${gate} failed, so what was seen here proves nothing`, expected: 'alice → srv GET /x is allowed', seen: '20 of 20 attempts were answered by srv',
    });
  });
  test('a gate reports raw, even behind another gate that failed', () => {
    const second = assertionOf({ id: 'traffic-access/allow-listed-source', steps: [always], gates: [gate] });
    expect(judge({ assertion: second, version: 'v1alpha3', raw: observed(good), gates: { ...closed, [second.id]: [] } }).verdict).toBe('pass');
  });
  test('an open cluster and one that blocks everything both score nothing', () => {
    const allow = 'traffic-access/allow-listed-source';
    const member = assertionOf({ id, steps: [always], gates: [gate, allow] });
    const at = (deny: 'pass' | 'fail', listed: 'pass' | 'fail'): string =>
      judge({ assertion: member, version: 'v1alpha3', raw: observed(good), gates: { [gate]: [{ version: 'v1alpha3', verdict: deny }], [allow]: [{ version: 'v1alpha3', verdict: listed }] } }).verdict;
    expect([at('fail', 'pass'), at('pass', 'fail'), at('pass', 'pass')]).toEqual(['inconclusive', 'inconclusive', 'pass']);
  });
  test('what is only observed proves nothing behind a closed gate either', () => {
    expect(behindGates({ verdict: 'info', reason: 'As described' }, assertion, 'v1alpha3', closed).verdict).toBe('inconclusive');
  });
});
