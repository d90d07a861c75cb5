import { describe, expect, test } from '@jest/globals';
import { judgeRaw, judgeStep } from '../../src/judge/index.ts';
import type { Step } from '../../src/model/assertion.ts';
import type { Look, Seen, StepObservation, Write } from '../../src/model/observation.ts';
import { assertion } from '../engine/samples.ts';

const write = (name: string, outcome: Write['outcome']): Write => ({ kind: 'TrafficTarget', name, apiVersion: 'access.smi-spec.io/v1alpha3', outcome });
const resource = { kind: 'TrafficTarget' as const, name: 't', spec: {} };
const seen = (more: Partial<Seen>): Seen => ({ traffic: { from: 'alice', to: 'srv' }, expected: { outcome: 'recorded' }, attempts: 20, answers: {}, answersByPort: {}, refusals: {}, reached: {}, ...more });
const look = (...all: Seen[]): Look => ({ purpose: 'record', at: 0, durationMs: 1, seen: all, holds: true });

describe('what may be stored or refused', () => {
  const step: Step = { try: [resource] };
  test.each(['stored', 'refused'] as const)('is right where it is %s, and said', (outcome) => {
    expect(judgeStep(step, { verb: 'try', writes: [write('t', outcome)] })).toMatchObject({ outcome: 'held', note: `TrafficTarget t ${outcome}` });
  });
});

describe('what must be refused', () => {
  const stored: StepObservation = { verb: 'rejected', writes: [write('a', 'refused'), write('b', 'stored')] };
  const excuse = { verdict: 'partial' as const, reason: 'it does no harm' };
  const denied = seen({ expected: { outcome: 'denied' }, refusals: { 'HTTP 403': 20 }, alive: true });

  test('fails where one of it is stored', () => expect(judgeStep({ rejected: [resource] }, stored).outcome).toBe('violated'));
  test('is excused by a declared reason alone where no traffic was declared', () => expect(judgeStep({ rejected: [resource], otherwise: excuse }, stored)).toMatchObject({ outcome: 'excused', by: excuse }));
  test('is excused by traffic only where that is as declared', () => {
    const otherwise = { ...excuse, denied: [denied.traffic] };
    const with_ = (one: Seen): StepObservation => ({ ...stored, otherwise: { ...look(one), purpose: 'otherwise' } }) as StepObservation;
    expect(judgeStep({ rejected: [resource], otherwise }, with_(denied)).outcome).toBe('excused');
    expect(judgeStep({ rejected: [resource], otherwise }, with_({ ...denied, answers: { srv: 20 }, refusals: {} })).outcome).toBe('violated');
    expect(judgeStep({ rejected: [resource], otherwise }, stored).outcome).toBe('violated');
  });
  test('is held where all of it is refused, whatever is declared', () => expect(judgeStep({ rejected: [resource], otherwise: excuse }, { verb: 'rejected', writes: [write('a', 'refused')] }).outcome).toBe('held'));
});

describe('what is only observed', () => {
  const record = { record: [{ from: 'alice', to: 'srv', attempts: 20 }] };
  const info = (steps: Step[], observed: StepObservation[]) => judgeRaw(assertion('traffic-access/x', { steps, requirement: { ...assertion('x').requirement, level: 'info' } }), 'v1alpha3', { outcome: 'observed', steps: observed });

  test('is published with its numbers, and never scored', () => {
    const verdict = info([record], [{ verb: 'record', measured: look(seen({ answers: { srv: 15 }, reached: { srv: 15 }, refusals: { 'HTTP 403': 5 } })) }]);
    expect(verdict).toMatchObject({ verdict: 'info', reason: 'alice → srv GET /: 15 of 20 answered by srv; HTTP 403 5; observed only, never scored' });
  });
  test('is an error where it was not seen soundly', () => {
    expect(info([record], [{ verb: 'record', measured: look(seen({ answers: { srv: 20 }, reached: {} })) }]).verdict).toBe('error');
    expect(info([record], [{ verb: 'record', measured: look(seen({})) }]).verdict).toBe('error');
  });
  test('says what had been noted before a step that did not come true', () => {
    const expectation = { allowed: [{ from: 'alice', to: 'srv' }] };
    const failed: Look = { ...look(seen({ expected: { outcome: 'allowed' }, refusals: { 'HTTP 404': 20 } })), purpose: 'measure', holds: false };
    expect(info([{ try: [resource] }, { always: expectation }], [{ verb: 'try', writes: [write('t', 'refused')] }, { verb: 'always', measured: failed }]).reason).toMatch(/^TrafficTarget t refused; .*HTTP 404 20.*never scored$/);
  });
  test('tells how held traffic fared', () => {
    const held = { traffic: { from: 'alice', to: 'srv' }, connection: 'kept' as const, durationMs: 900, attempts: 9, answers: { srv: 4 }, refusals: { 'HTTP 403': 5 }, brokenAfterMs: 120 };
    expect(info([{ release: 'open' }], [{ verb: 'release', name: 'open', held }]).reason).toBe('alice → srv GET / over one connection: 4 of 9 answered; HTTP 403 5; the first refusal came 120 ms after the change; observed only, never scored');
  });
});

describe('expectations with refusals in them', () => {
  const judged = (one: Seen, step: Step): string => judgeStep(step, { verb: 'always', measured: { ...look(one), purpose: 'measure' } }).outcome;
  const traffic = { from: 'alice', to: 'mix' };
  test('who answers counts alone where attempts may be refused', () => {
    const mix = (answers: Record<string, number>, refused: number): Seen => seen({ traffic, expected: { outcome: 'answered', by: ['srv'], mayRefuse: true }, attempts: 20, answers, reached: answers, refusals: { 'HTTP 403': refused } });
    const step: Step = { always: { answered: [{ ...traffic, by: ['srv'], attempts: 20, mayRefuse: true }] } };
    expect([judged(mix({ srv: 8 }, 12), step), judged(mix({ srv: 8, other: 1 }, 11), step), judged(mix({}, 20), step)]).toEqual(['held', 'violated', 'violated']);
  });
  test('a share of refusals is a share as any other', () => {
    const split = (answered: number, refused: number, others: Record<string, number> = {}): Seen =>
      seen({ traffic, expected: { outcome: 'shares', shares: { a: 1 }, refused: 1 }, attempts: 400, answers: { a: answered, ...others }, reached: { a: answered, ...others }, refusals: { 'HTTP 403': refused } });
    const outcome = (one: Seen): string => judgeStep({ sample: { ...traffic, attempts: 400, shares: { a: 1 }, refused: 1 } }, { verb: 'sample', convergenceMs: 0, deadlineMs: 1, looks: { count: 3 }, measured: { ...look(one), purpose: 'measure' }, intervals: [] }).outcome;
    expect([outcome(split(200, 200)), outcome(split(400, 0)), outcome(split(0, 400)), outcome(split(199, 200, { b: 1 }))]).toEqual(['held', 'violated', 'violated', 'violated']);
  });
  test('one datagram in twenty may be lost', () => {
    const udp = { from: 'alice', to: 'srv', protocol: 'udp' as const };
    const lost = (count: number): Seen => seen({ traffic: udp, expected: { outcome: 'allowed' }, answers: { srv: 20 - count }, reached: { srv: 20 }, refusals: count === 0 ? {} : { timeout: count } });
    expect([0, 1, 2].map((count) => judged(lost(count), { always: { allowed: [udp] } }))).toEqual(['held', 'held', 'violated']);
  });
});

test('throughout is broken by one look that does not hold', () => {
  const expectation = { denied: [{ from: 'alice', to: 'srv' }] };
  const denied = seen({ expected: { outcome: 'denied' }, refusals: { 'HTTP 403': 20 }, alive: true });
  const observed = (one: Seen): StepObservation => ({ verb: 'throughout', durationMs: 1000, looks: { count: 4 }, measured: { ...look(one), purpose: 'measure' } });
  expect([observed(denied), observed({ ...denied, answers: { srv: 1 }, reached: { srv: 1 }, refusals: { 'HTTP 403': 19 } })].map((one) => judgeStep({ throughout: expectation }, one).outcome)).toEqual(['held', 'violated']);
});
