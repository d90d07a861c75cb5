import { describe, expect, test } from '@jest/globals';
import type { Otherwise, Step } from '../../src/model/assertion.ts';
import type { Look, StepObservation, Write } from '../../src/model/observation.ts';
import { judgeStep } from '../../src/judge/index.ts';
import { look, seen } from './looks.ts';

const alice = { from: 'alice', to: 'srv', path: '/x' };
const bob = { from: 'bob', to: 'srv', path: '/x' };
const caller = { from: 'caller', to: 'web' };
const allowed = look([seen(alice, { outcome: 'allowed' }, { srv: 20 })], true);
const refused = look([seen(alice, { outcome: 'allowed' }, {}, { 'HTTP 403': 20 })], false);
const leaked = look([seen(bob, { outcome: 'denied' }, { srv: 132 })], false);
const dead = look([seen(bob, { outcome: 'denied' }, {}, { timeout: 132 }, { alive: false })], false);
const lesser: Otherwise = { verdict: 'partial', reason: 'Opens TCP ports only', denied: [alice] };
const lesserSeen = look([seen(alice, { outcome: 'denied' }, {}, { 'HTTP 403': 132 })], true, 'otherwise');
const converging = (one: Look): Look => ({ ...one, purpose: 'converge' });

describe('writes', () => {
  const write = (outcome: Write['outcome'], message?: string): Write => ({ kind: 'TrafficSplit', name: 'web', apiVersion: 'split.smi-spec.io/v1alpha2', outcome, ...(message ? { message } : {}) });
  test.each(['apply', 'patch'] as const)('%s holds when all is stored', (verb) => {
    expect(judgeStep(stepOf(verb), { verb, writes: [write('stored')] })).toEqual({ outcome: 'held', expected: 'the API server stores TrafficSplit web', seen: 'stored' });
  });
  test.each(['apply', 'patch'] as const)('%s is against the mesh when the server refuses, in the server’s words', (verb) => {
    expect(judgeStep(stepOf(verb), { verb, writes: [write('stored'), write('refused', 'spec.backends: Required value')] })).toMatchObject({
      outcome: 'violated', reason: 'The API server refused TrafficSplit web (split.smi-spec.io/v1alpha2): spec.backends: Required value',
    });
  });
  test('rejected holds only when every object is refused', () => {
    expect(judgeStep(stepOf('rejected'), { verb: 'rejected', writes: [write('refused'), write('refused')] }).outcome).toBe('held');
    expect(judgeStep(stepOf('rejected'), { verb: 'rejected', writes: [write('refused'), write('stored')] })).toMatchObject({ outcome: 'violated', reason: 'The API server stored TrafficSplit web, which it must refuse' });
  });
  test('delete holds: that it is gone is for observe to see', () => {
    expect(judgeStep({ delete: [] }, { verb: 'delete', objects: [{ kind: 'TrafficSplit', name: 'web' }] }).outcome).toBe('held');
  });
});

test.each([[true, 'held'], [false, 'violated']])('observe: what holds is %s', (holds, outcome) => {
  expect(judgeStep({ observe: { ready: 'fixture' } }, { verb: 'observe', subject: 'the fixture', holds, expected: 'ready', seen: '3 of 4' })).toMatchObject({ outcome, expected: 'ready', seen: '3 of 4' });
});

describe('always', () => {
  const judged = (measured: Look, more: Partial<Extract<StepObservation, { verb: 'always' }>> = {}, otherwise?: Otherwise): ReturnType<typeof judgeStep> =>
    judgeStep({ always: {}, ...(otherwise ? { otherwise } : {}) }, { verb: 'always', measured, ...more });
  test('holds with its evidence', () => expect(judged(allowed)).toEqual({ outcome: 'held', expected: 'alice → srv GET /x is allowed', seen: '20 of 20 attempts were answered by srv' }));
  test('is against the mesh where it does not hold', () => {
    expect(judged(leaked)).toEqual({ outcome: 'violated', reason: '132 of 132 attempts bob → srv GET /x were answered by srv', expected: 'bob → srv GET /x is denied', seen: '132 of 132 attempts were answered by srv' });
  });
  test('proves nothing without proof of life', () => expect(judged(dead)).toMatchObject({ outcome: 'unproven' }));
  test('a violation outweighs what is unproven beside it', () => {
    expect(judged(look([...dead.seen, ...leaked.seen], false))).toMatchObject({ outcome: 'violated', reason: '132 of 132 attempts bob → srv GET /x were answered by srv' });
  });
  test('only what does not hold is told', () => expect(judged(look([...allowed.seen, ...leaked.seen], false))).toMatchObject({ expected: 'bob → srv GET /x is denied' }));
  test('a declared lesser behaviour excuses, once it was seen', () => {
    expect(judged(refused, { otherwise: lesserSeen }, lesser)).toEqual({ outcome: 'excused', by: lesser, expected: 'alice → srv GET /x is allowed', seen: '0 of 132 answered; HTTP 403 132' });
  });
  test.each([
    ['was not declared', { otherwise: lesserSeen }, undefined],
    ['was not looked at', {}, lesser],
    ['did not hold either', { otherwise: look([seen(alice, { outcome: 'denied' }, { srv: 1 }, { 'HTTP 403': 131 })], false, 'otherwise') }, lesser],
    ['has no proof of life', { otherwise: look([seen(alice, { outcome: 'denied' }, {}, { timeout: 132 }, { alive: false })], false, 'otherwise') }, lesser],
  ])('a lesser behaviour that %s excuses nothing', (_name, more, otherwise) => expect(judged(refused, more, otherwise).outcome).toBe('violated'));
});

describe('eventually', () => {
  const judged = (observation: Partial<Extract<StepObservation, { verb: 'eventually' }>>, otherwise?: Otherwise): ReturnType<typeof judgeStep> =>
    judgeStep({ eventually: {}, ...(otherwise ? { otherwise } : {}) }, { verb: 'eventually', deadlineMs: 120_000, looks: { count: 4 }, ...observation });
  test('came true, and the measurement agrees', () => expect(judged({ convergenceMs: 840, measured: allowed }).outcome).toBe('held'));
  test('came true, but not for long', () => {
    expect(judged({ convergenceMs: 840, measured: refused })).toMatchObject({ outcome: 'violated', reason: '20 of 20 attempts alice → srv GET /x got no answer (HTTP 403 20) (measured after it had come true)' });
  });
  test('came true, but was never measured: small windows decide nothing', () => expect(judged({ convergenceMs: 840 })).toMatchObject({ outcome: 'unproven' }));
  test('never came true', () => {
    expect(judged({ looks: { count: 131, lastFailing: converging(refused) } })).toMatchObject({ outcome: 'violated', reason: '20 of 20 attempts alice → srv GET /x got no answer (HTTP 403 20) (not so within 120 s)' });
  });
  test('never came true, where nothing shows that the servers lived', () => expect(judged({ looks: { count: 3, lastFailing: converging(dead) } }).outcome).toBe('unproven'));
  test('was never looked at', () => expect(judged({ looks: { count: 0 } })).toMatchObject({ outcome: 'unproven', reason: 'No look was taken within 120 s' }));
  test('comes and goes', () => expect(judged({ looks: { count: 90, lastFailing: converging(allowed) } })).toMatchObject({ outcome: 'violated', reason: expect.stringMatching(/^Did not stay so within 120 s/) }));
  test('a declared lesser behaviour excuses that it never came', () => expect(judged({ looks: { count: 131, lastFailing: converging(refused) }, otherwise: lesserSeen }, lesser).outcome).toBe('excused'));
});

describe('sample', () => {
  const shares = { 'web-v1': 75, 'web-v2': 25 };
  const shared = (answers: Record<string, number>, refusals: Record<string, number> = {}, more = {}): Look => look([seen(caller, { outcome: 'shares', shares }, answers, refusals, more)], true);
  const right = shared({ 'web-v1': 744, 'web-v2': 256 });
  const even = shared({ 'web-v1': 512, 'web-v2': 488 });
  const broken = shared({}, { 'HTTP 503': 1000 });
  const lossy = shared({ 'web-v1': 675, 'web-v2': 225 }, { ECONNRESET: 100 });
  const unsent = shared({}, { EMFILE: 1000 });
  const judged = (measured: Look, lastFailing?: Look, convergenceMs?: number): string => judgeStep(
    { sample: { ...caller, attempts: 1000, shares } },
    { verb: 'sample', deadlineMs: 120_000, looks: { count: 9, ...(lastFailing ? { lastFailing: converging(lastFailing) } : {}) }, measured, intervals: [], ...(convergenceMs === undefined ? {} : { convergenceMs }) },
  ).outcome;
  test.each([
    ['right', right, undefined, 840, 'held'],
    ['right, though no streak of windows came', right, even, undefined, 'held'],
    ['even', even, even, undefined, 'violated'],
    ['even, though windows seemed right', even, undefined, 840, 'violated'],
    ['failing after it had come: an accident of the measurement', lossy, undefined, 840, 'unproven'],
    ['failing since it never came', lossy, even, undefined, 'violated'],
    ['answered by nobody, from the change to the deadline and beyond', broken, broken, undefined, 'violated'],
    ['answered by nobody, after it had come', broken, undefined, 840, 'unproven'],
    ['never sent', unsent, unsent, undefined, 'unproven'],
    ['never sent, after windows of another state', unsent, even, undefined, 'unproven'],
  ] as const)('%s', (_name, measured, lastFailing, convergenceMs, outcome) => expect(judged(measured, lastFailing, convergenceMs)).toBe(outcome));
});

function stepOf(verb: 'apply' | 'patch' | 'rejected'): Step {
  if (verb === 'patch') return { patch: { kind: 'TrafficSplit', name: 'web', spec: {} } };
  return verb === 'apply' ? { apply: [] } : { rejected: [] };
}
