import { describe, expect, test } from '@jest/globals';
import type { Expected, Seen } from '../../src/model/observation.ts';
import { acceptanceInterval, findingsOf, violationsOf } from '../../src/judge/index.ts';
import { look, seen } from './looks.ts';

const caller = { from: 'caller', to: 'web' };
const measure = { phase: 'measure' } as const;
/** `holds`, or the kinds of what keeps it from holding. */
const outcome = (one: Seen, options: Parameters<typeof violationsOf>[1] = measure): string => {
  const kinds = violationsOf(one, options).map(({ kind }) => kind);
  return kinds.length === 0 ? 'holds' : [...new Set(kinds)].toSorted().join(' and ');
};
const split = (shares: Record<string, number>, answers: Record<string, number>, refusals: Record<string, number> = {}, more: Partial<Seen> = {}): Seen =>
  seen(caller, { outcome: 'shares', shares }, answers, refusals, more);

describe('weighted checks of the catalogue', () => {
  /** Weights, number of requests, published interval of the first backend, and what wrong meshes give it in the mean. */
  const checks: [name: string, weights: [number, number], n: number, low: number, high: number, wrong: [mesh: string, first: number][]][] = [
    ['50/50', [50, 50], 1000, 423, 577, [['endpoint-weighted 3:1', 750], ['2:1', 667], ['all to the first', 1000], ['all to the second', 0]]],
    ['75/25', [75, 25], 1000, 681, 815, [['50/50', 500], ['swapped', 250], ['90/10', 900], ['60/40', 600], ['heaviest takes all', 1000]]],
    ['25/75', [25, 75], 1000, 185, 319, [['50/50', 500], ['swapped', 750], ['heaviest takes all', 0]]],
    ['90/10', [90, 10], 1000, 851, 943, [['50/50', 500], ['swapped', 100], ['75/25', 750], ['80/20', 800], ['heaviest takes all', 1000]]],
    ['1000/500', [1000, 500], 1000, 593, 738, [['50/50', 500], ['1:2', 333], ['digits without unit, 1:500', 2], ['all to the first', 1000]]],
    ['1/2', [1, 2], 1000, 262, 407, [['50/50', 500], ['2:1', 667]]],
    ['30/10, weights under 100', [30, 10], 1000, 681, 815, [['50/50', 500], ['percentages, the rest to the root', 300]]],
    ['50/50 quick', [50, 50], 400, 151, 249, [['endpoint-weighted 3:1', 300], ['all to the first', 400]]],
    ['75/25 quick', [75, 25], 400, 256, 340, [['50/50', 200], ['swapped', 100], ['90/10', 360]]],
    ['25/75 quick', [25, 75], 400, 60, 144, [['50/50', 200], ['swapped', 300]]],
    ['90/10 quick', [90, 10], 400, 328, 386, [['50/50', 200], ['swapped', 40], ['75/25', 300]]],
  ];
  describe.each(checks)('%s', (_name, [first, second], n, low, high, wrong) => {
    const shares = { 'web-v1': first, 'web-v2': second };
    const seenWith = (count: number): Seen => split(shares, { 'web-v1': count, 'web-v2': n - count });
    test.each([['its mean', Math.round((n * first) / (first + second))], ['the least', low], ['the most', high]])('a right mesh holds with %s', (_what, count) => {
      expect(outcome(seenWith(count))).toBe('holds');
    });
    test.each([['one too few', low - 1], ['one too many', high + 1], ...wrong])('a wrong mesh does not: %s', (_mesh, count) => {
      expect(outcome(seenWith(count))).toBe('violation');
    });
  });

  const three = { 'web-v1': 60, 'web-v2': 30, 'web-v3': 10 };
  test.each([
    ['right', [600, 300, 100], 'holds'], ['at an edge', [678, 228, 94], 'holds'], ['at the other', [520, 375, 105], 'holds'],
    ['equal thirds', [333, 333, 334], 'violation'], ['rotated', [300, 100, 600], 'violation'], ['two swapped', [600, 100, 300], 'violation'],
    ['the third forgotten', [667, 333, 0], 'violation'], ['the first at its edge and one over', [679, 221, 100], 'violation'],
  ] as const)('60/30/10: %s', (_name, [v1, v2, v3], expected) => {
    expect(outcome(split(three, { 'web-v1': v1, 'web-v2': v2, 'web-v3': v3 }))).toBe(expected);
  });
});

describe('all to one', () => {
  const shares = { 'web-v1': 100, 'web-v2': 0 };
  test.each([
    ['exactly all', { 'web-v1': 300 }, {}, 'holds'],
    ['one for the backend of weight 0', { 'web-v1': 299, 'web-v2': 1 }, {}, 'violation'],
    ['a leak of 5 %', { 'web-v1': 285, 'web-v2': 15 }, {}, 'violation'],
    ['weight 0 taken as 1', { 'web-v1': 297, 'web-v2': 3 }, {}, 'violation'],
    ['split ignored', { 'web-v0': 75, 'web-v1': 75, 'web-v2': 75, 'web-v3': 75 }, {}, 'violation'],
    ['nobody answers', {}, { 'HTTP 503': 300 }, 'unproven'],
  ] as [string, Record<string, number>, Record<string, number>, string][])('%s', (_name, answers, refusals, expected) => {
    expect(outcome(split(shares, answers, refusals))).toBe(expected);
  });
});

describe('who must never answer', () => {
  const shares = { 'web-v1': 75, 'web-v2': 25, 'web-v3': 0 };
  test.each([['the decoy', 'web-v0'], ['a backend of weight 0', 'web-v3'], ['a stranger', 'other']])('one answer of %s is enough', (_name, workload) => {
    const one = split(shares, { 'web-v1': 749, 'web-v2': 250, [workload]: 1 });
    expect(violationsOf(one, measure)).toContainEqual({ kind: 'violation', text: `${workload} answered 1 of 1000 attempts caller → web GET / and must never` });
  });
  test('so is one request in its record that nobody answered', () => {
    const one = split(shares, { 'web-v1': 750, 'web-v2': 250 }, {}, { reached: { 'web-v1': 750, 'web-v2': 250, 'web-v0': 1 } });
    expect(violationsOf(one, measure)[0]?.text).toBe('web-v0 was reached by 1 of 1000 attempts caller → web GET / and must never');
  });
});

describe('attempts that failed', () => {
  const shares = { 'web-v1': 75, 'web-v2': 25 };
  test.each([[0, 'holds'], [5, 'holds'], [6, 'unproven'], [400, 'unproven']])('%d of 1000 in a distribution', (lost, expected) => {
    const rest = 1000 - lost;
    expect(outcome(split(shares, { 'web-v1': Math.round(rest * 0.75), 'web-v2': rest - Math.round(rest * 0.75) }, { ECONNRESET: lost }))).toBe(expected);
  });
  test('too many of them excuse no count that they could not mend', () => {
    expect(outcome(split(shares, { 'web-v1': 300, 'web-v2': 600 }, { ECONNRESET: 100 }))).toBe('unproven and violation');
  });
  const mapped: Expected = { outcome: 'shares', shares: { 'web-v1': 50, 'web-v3': 50 }, ports: { 'web-v1': 8080, 'web-v3': 8081 } };
  const atPorts = (answersByPort: Record<string, number>, answers: Record<string, number>, refusals: Record<string, number> = {}): Seen => seen(caller, mapped, answers, refusals, { answersByPort });
  test.each([
    ['every answer at its port', atPorts({ 'web-v1:8080': 500, 'web-v3:8081': 500 }, { 'web-v1': 500, 'web-v3': 500 }), 'holds'],
    ['one at the root’s port', atPorts({ 'web-v1:8080': 500, 'web-v3:8081': 499, 'web-v3:8080': 1 }, { 'web-v1': 500, 'web-v3': 500 }), 'violation'],
    ['one lost', atPorts({ 'web-v1:8080': 500, 'web-v3:8081': 499 }, { 'web-v1': 500, 'web-v3': 499 }, { ECONNREFUSED: 1 }), 'violation'],
    ['half of them refused', atPorts({ 'web-v1:8080': 500 }, { 'web-v1': 500 }, { ECONNREFUSED: 500 }), 'violation'],
    ['one that never left the client', atPorts({ 'web-v1:8080': 500, 'web-v3:8081': 499 }, { 'web-v1': 500, 'web-v3': 499 }, { EMFILE: 1 }), 'unproven'],
  ] as const)('where ports are mapped: %s', (_name, one, expected) => expect(outcome(one)).toBe(expected));
});

describe('denied', () => {
  const bob = { from: 'bob', to: 'srv', path: '/x' };
  const denied = (answers: Record<string, number>, refusals: Record<string, number>, more: Partial<Seen> = {}): Seen => seen(bob, { outcome: 'denied' }, answers, refusals, more);
  test.each([
    ['403', denied({}, { 'HTTP 403': 132 }), 'holds'],
    ['404, resets and time-outs alike', denied({}, { 'HTTP 404': 44, ECONNRESET: 44, timeout: 44 }), 'holds'],
    ['one of 132 let in', denied({ srv: 1 }, { 'HTTP 403': 131 }), 'violation'],
    ['a leak of 10 %', denied({ srv: 13 }, { 'HTTP 403': 119 }), 'violation'],
    ['all let in', denied({ srv: 132 }, {}), 'violation'],
    ['refused to the caller, but one reached the server', denied({}, { 'HTTP 403': 132 }, { reached: { srv: 1 } }), 'violation'],
    ['no proof that the server was alive', denied({}, { timeout: 132 }, { alive: false }), 'unproven'],
    ['a dead server that answers all the same', denied({ srv: 1 }, { timeout: 131 }, { alive: false }), 'violation'],
    ['never sent', denied({}, {}), 'unproven'],
    ['lost in the client', denied({}, { EMFILE: 132 }), 'unproven'],
  ] as const)('%s', (_name, one, expected) => expect(outcome(one)).toBe(expected));
});

describe('allowed and answered', () => {
  const alice = { from: 'alice', to: 'srv', path: '/x' };
  const by = (names: string[], answers: Record<string, number>, refusals: Record<string, number> = {}, more: Partial<Seen> = {}): Seen => seen(caller, { outcome: 'answered', by: names }, answers, refusals, more);
  test.each([
    ['every attempt answered', seen(alice, { outcome: 'allowed' }, { srv: 20 }), 'holds'],
    ['one of 20 refused', seen(alice, { outcome: 'allowed' }, { srv: 19 }, { 'HTTP 403': 1 }), 'violation'],
    ['one never sent', seen(alice, { outcome: 'allowed' }, { srv: 19 }, { ENOBUFS: 1 }), 'unproven'],
    ['each of those named', by(['web-v1', 'web-v2'], { 'web-v1': 12, 'web-v2': 8 }), 'holds'],
    ['one of those named is silent', by(['web-v1', 'web-v2'], { 'web-v1': 20 }), 'violation'],
    ['another one answers', by(['web-v1'], { 'web-v1': 19, 'web-v0': 1 }), 'violation'],
    ['another one is reached', by(['web-v1'], { 'web-v1': 20 }, {}, { reached: { 'web-v1': 20, 'web-v0': 1 } }), 'violation'],
    ['one fails', by(['web-v1'], { 'web-v1': 19 }, { ECONNRESET: 1 }), 'violation'],
    ['one is late', by(['web-v1'], { 'web-v1': 19 }, { timeout: 1 }), 'unproven'],
  ] as const)('%s', (_name, one, expected) => expect(outcome(one)).toBe(expected));
});

describe('soundness', () => {
  const half = { a: 50, b: 50 };
  test('attempts that are not accounted for prove nothing', () => {
    expect(outcome(split(half, { a: 500, b: 499 }, {}, { attempts: 1000 }))).toBe('unproven');
  });
  test('an answer that is in no record is not from where it says, when it decides', () => {
    const one = split(half, { a: 500, b: 500 }, {}, { reached: { a: 500, b: 0 } });
    expect(outcome(one)).toBe('unproven');
    expect(outcome(one, { phase: 'converge' })).toBe('holds');
  });
  test('a look without traffic holds nothing', () => expect(findingsOf(look([], true))).toEqual([{ kind: 'unproven', text: 'the look holds no traffic at all' }]));
  test('every kind of traffic of a look has to hold', () => {
    const good = split(half, { a: 500, b: 500 });
    const bad = seen({ from: 'bob', to: 'srv' }, { outcome: 'denied' }, { srv: 1 });
    expect(findingsOf(look([good, bad], true))).toHaveLength(1);
  });
});

describe('strictness', () => {
  test('a converging window is judged coarsely, a measurement finely', () => {
    const coarse = acceptanceInterval(100, 0.75, 1e-3);
    const fine = acceptanceInterval(100, 0.75, 1e-6);
    expect(coarse.low).toBeGreaterThan(fine.low);
    const between = split({ a: 75, b: 25 }, { a: coarse.low - 1, b: 101 - coarse.low });
    expect([outcome(between, { phase: 'converge' }), outcome(between, measure)]).toEqual(['violation', 'holds']);
    expect(findingsOf(look([between], false, 'converge'))).not.toEqual([]);
    expect(findingsOf(look([between], true, 'measure'))).toEqual([]);
    expect(findingsOf(look([between], false, 'baseline'))).not.toEqual([]);
    expect(findingsOf(look([between], true, 'otherwise'))).toEqual([]);
  });
  test('alpha may be given', () => expect(outcome(split({ a: 1, b: 1 }, { a: 550, b: 450 }), { phase: 'measure', alpha: 0.01 })).toBe('violation'));
});
