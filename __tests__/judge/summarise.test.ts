import { describe, expect, test } from '@jest/globals';
import type { StepObservation } from '../../src/model/observation.ts';
import type { FailOn, Report, SpecificationResult } from '../../src/model/report.ts';
import type { Level, Verdict } from '../../src/model/specification.ts';
import { exitStatus, resultOf, statisticsOf, summarise } from '../../src/judge/index.ts';
import { look, seen } from './looks.ts';

type Scored = { level: Level; verdict: Verdict };
const scored = (...entries: [Level, Verdict][]): Scored[] => entries.map(([level, verdict]) => ({ level, verdict }));

describe('summary', () => {
  test('counts every verdict, and scores must and should', () => {
    const all = scored(['must', 'pass'], ['must', 'pass'], ['must', 'partial'], ['must', 'fail'], ['must', 'inconclusive'], ['must', 'skip'], ['must', 'error'], ['should', 'pass'], ['should', 'fail'], ['info', 'info'], ['fixture', 'pass']);
    expect(summarise(all)).toEqual({
      pass: 4, partial: 1, fail: 2, skip: 1, inconclusive: 1, error: 1, info: 1, total: 11,
      must: { passed: 2, partial: 1, failed: 1, inconclusive: 1, applicable: 5, score: 0.5 },
      should: { passed: 1, partial: 0, failed: 1, inconclusive: 0, applicable: 2, score: 0.5 },
    });
  });
  test.each([
    [[], 0], [[['must', 'skip']], 0], [[['must', 'pass']], 1], [[['must', 'partial']], 0.5], [[['must', 'inconclusive']], 0],
    [[['must', 'pass'], ['must', 'pass'], ['must', 'fail']], 0.6667],
  ] as [[Level, Verdict][], number][])('score of %j is %d', (entries, score) => expect(summarise(scored(...entries)).must.score).toBe(score));
});

describe('result', () => {
  const lines = (...compliances: SpecificationResult['compliance'][]): Pick<SpecificationResult, 'compliance'>[] => compliances.map((compliance) => ({ compliance }));
  test.each([
    [['passed', 'passed', 'not-applicable'], true, 'passed'], [['passed', 'failed'], true, 'failed'], [['not-applicable'], true, 'passed'], [['incomplete', 'incomplete'], false, 'incomplete'], [['failed'], false, 'incomplete'],
  ] as [SpecificationResult['compliance'][], boolean, Report['result']][])('%j, complete %s: %s', (compliances, complete, result) => expect(resultOf(lines(...compliances), complete)).toBe(result));
});

describe('exit status', () => {
  const must: FailOn[] = ['must'];
  const cases: [name: string, results: Scored[], failOn: FailOn[], more: { missing?: number; signal?: 'SIGINT' | 'SIGTERM' }, status: number][] = [
    ['all passes', scored(['must', 'pass']), must, {}, 0],
    ['nothing ran, nothing was planned', [], must, {}, 0],
    ['a must fails', scored(['must', 'fail']), must, {}, 1],
    ['a must is inconclusive', scored(['must', 'inconclusive']), must, {}, 1],
    ['a must is partial', scored(['must', 'partial']), must, {}, 0],
    ['a must is skipped', scored(['must', 'skip']), must, {}, 0],
    ['a should fails', scored(['should', 'fail']), must, {}, 0],
    ['a should fails and counts', scored(['should', 'fail']), ['should'], {}, 1],
    ['a must fails and only should counts', scored(['must', 'fail']), ['should'], {}, 0],
    ['both count', scored(['should', 'fail']), ['must', 'should'], {}, 1],
    ['a must fails and nothing counts', scored(['must', 'fail']), ['never'], {}, 0],
    ['info and the test bed never count', scored(['info', 'fail'], ['fixture', 'fail']), ['must', 'should'], {}, 0],
    ['an error', scored(['must', 'pass'], ['must', 'error']), must, {}, 3],
    ['an error of a should, and nothing counts', scored(['should', 'error']), ['never'], {}, 3],
    ['an error over a failure', scored(['must', 'fail'], ['must', 'error']), must, {}, 3],
    ['something planned did not run', scored(['must', 'pass']), must, { missing: 1 }, 3],
    ['missing over a failure', scored(['must', 'fail']), must, { missing: 1 }, 3],
    ['SIGINT over all', scored(['must', 'fail'], ['must', 'error']), must, { missing: 4, signal: 'SIGINT' }, 130],
    ['SIGTERM over all', scored(['must', 'fail']), ['never'], { missing: 4, signal: 'SIGTERM' }, 143],
  ];
  test.each(cases)('%s', (_name, results, failOn, { missing = 0, signal }, status) => {
    expect(exitStatus({ results, failOn, missing, ...(signal ? { signal } : {}) })).toBe(status);
  });
});

describe('statistics', () => {
  const caller = { from: 'caller', to: 'web' };
  const sample = (shares: Record<string, number>, answers: Record<string, number>, refusals: Record<string, number> = {}): StepObservation =>
    ({ verb: 'sample', deadlineMs: 1, looks: { count: 1 }, measured: look([seen(caller, { outcome: 'shares', shares }, answers, refusals)], true), intervals: [] });
  const of = (...steps: StepObservation[]): ReturnType<typeof statisticsOf> => statisticsOf([{ steps }]);
  test('one distribution is one check, at its exact probability', () => {
    const { alpha, checks, falseFailure } = of(sample({ a: 75, b: 25 }, { a: 744, b: 256 }));
    expect([alpha, checks]).toEqual([1e-6, 1]);
    expect(falseFailure).toBeCloseTo(7.76e-7, 9);
  });
  test('checks add up, over steps and results', () => {
    const one = sample({ a: 75, b: 25 }, { a: 744, b: 256 });
    const twice = statisticsOf([{ steps: [one, one] }, { steps: [one] }]);
    expect(twice.checks).toBe(3);
    expect(twice.falseFailure).toBeCloseTo(3 * of(one).falseFailure, 12);
  });
  test('what is drawn is what was answered', () => {
    expect(of(sample({ a: 1, b: 1 }, { a: 499, b: 496 }, { ECONNRESET: 5 })).falseFailure).toBe(of(sample({ a: 1, b: 1 }, { a: 500, b: 495 })).falseFailure);
  });
  test('all to one, allowed and denied leave nothing to chance', () => {
    const denied: StepObservation = { verb: 'always', measured: look([seen({ from: 'bob', to: 'srv' }, { outcome: 'denied' }, {}, { timeout: 132 })], true) };
    expect(of(sample({ a: 100, b: 0 }, { a: 300 }), denied)).toEqual({ alpha: 1e-6, checks: 0, falseFailure: 0 });
  });
  test('that each of several answers at least once is a check under even balancing', () => {
    const each: StepObservation = { verb: 'always', measured: look([seen(caller, { outcome: 'answered', by: ['a', 'b', 'c', 'd'] }, { a: 15, b: 15, c: 15, d: 15 })], true) };
    expect(of(each)).toMatchObject({ checks: 1 });
    expect(of(each).falseFailure).toBeCloseTo(4 * 0.75 ** 60, 15);
  });
  test('a step that was never measured is no check', () => {
    expect(of({ verb: 'eventually', deadlineMs: 1, looks: { count: 2 } }, { verb: 'apply', writes: [] }).checks).toBe(0);
  });
  test('twenty checks of a run stay below 1e-4', () => {
    const run = statisticsOf(Array.from({ length: 20 }, () => ({ steps: [sample({ a: 75, b: 25 }, { a: 744, b: 256 })] })));
    expect(run.falseFailure).toBeLessThan(1e-4);
  });
});
