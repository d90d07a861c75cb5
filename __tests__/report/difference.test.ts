import { describe, expect, test } from '@jest/globals';
import { differenceOf, regressionsOf } from '../../src/report/difference.ts';
import type { AssertionResult } from '../../src/model/report.ts';
import type { Level, Verdict, Version } from '../../src/model/specification.ts';
import { allGood, noErrors, openNetwork, sampleReport } from './sample.ts';

const [template] = sampleReport(noErrors).assertions as [AssertionResult];
const result = (name: string, verdict: Verdict, version: Version = 'v1alpha2', level: Level = 'must'): AssertionResult => ({ ...template, id: `traffic-split/${name}`, verdict, version, level });
const names = (list: { before: AssertionResult; after: AssertionResult }[]): string[] => list.map(({ before, after }) => `${after.id.slice('traffic-split/'.length)}: ${before.verdict} → ${after.verdict}`);

describe('the difference of two reports', () => {
  const orders: [Verdict, Verdict, 'worse' | 'better' | 'other'][] = [
    ['pass', 'partial', 'worse'], ['pass', 'fail', 'worse'], ['pass', 'inconclusive', 'worse'], ['pass', 'skip', 'worse'], ['partial', 'fail', 'worse'], ['partial', 'skip', 'worse'],
    ['skip', 'fail', 'worse'], ['skip', 'inconclusive', 'worse'],
    ['partial', 'pass', 'better'], ['fail', 'pass', 'better'], ['fail', 'partial', 'better'], ['inconclusive', 'pass', 'better'], ['skip', 'pass', 'better'], ['skip', 'partial', 'better'],
    ['fail', 'skip', 'other'], ['inconclusive', 'skip', 'other'], ['fail', 'inconclusive', 'other'], ['inconclusive', 'fail', 'other'],
    ['pass', 'error', 'other'], ['error', 'pass', 'other'], ['info', 'pass', 'other'], ['error', 'fail', 'other'],
  ];
  test.each(orders)('%s → %s is %s', (before, after, direction) => {
    const difference = differenceOf({ assertions: [result('x', before)] }, { assertions: [result('x', after)] });
    expect({ worse: difference.worse.length, better: difference.better.length, other: difference.other.length }).toEqual({ worse: 0, better: 0, other: 0, [direction]: 1 });
  });

  test('goes by assertion and API version', () => {
    const before = { assertions: [result('a', 'pass'), result('a', 'fail', 'v1alpha4'), result('gone', 'pass'), result('b', 'pass')] };
    const after = { assertions: [result('b', 'pass'), result('a', 'fail'), result('a', 'pass', 'v1alpha4'), result('new', 'fail')] };
    const difference = differenceOf(before, after);
    expect(names(difference.worse)).toEqual(['a: pass → fail']);
    expect(names(difference.better)).toEqual(['a: fail → pass']);
    expect(difference.better[0]?.after.version).toBe('v1alpha4');
    expect(difference.added.map(({ id }) => id)).toEqual(['traffic-split/new']);
    expect(difference.gone.map(({ id }) => id)).toEqual(['traffic-split/gone']);
    expect(difference.same).toBe(1);
  });

  test('of a report and itself is empty', () => {
    const report = sampleReport(noErrors);
    expect(differenceOf(report, report)).toEqual({ worse: [], better: [], other: [], added: [], gone: [], same: report.assertions.length });
  });

  test('turned round, better and worse change places', () => {
    const [bad, good] = [sampleReport(noErrors), sampleReport(allGood)];
    expect(names(differenceOf(bad, good).better).length).toBeGreaterThan(2);
    expect(differenceOf(good, bad).worse.map(({ after }) => after.id)).toEqual(differenceOf(bad, good).better.map(({ before }) => before.id));
  });
});

describe('regressions', () => {
  test('are verdicts of must and should that got worse', () => {
    const baseline = { assertions: [result('must', 'pass'), result('should', 'pass', 'v1alpha2', 'should'), result('info', 'pass', 'v1alpha2', 'info'), result('was-bad', 'fail'), result('gone', 'pass')] };
    const report = { assertions: [result('must', 'fail'), result('should', 'partial', 'v1alpha2', 'should'), result('info', 'fail', 'v1alpha2', 'info'), result('was-bad', 'fail'), result('new', 'fail')] };
    expect(names(regressionsOf(baseline, report))).toEqual(['must: pass → fail', 'should: pass → partial']);
  });

  test('a gate that no longer holds takes with it what stands behind it', () => {
    const regressions = regressionsOf(sampleReport(allGood), sampleReport({ ...allGood, ...openNetwork }));
    expect(regressions.map(({ after }) => after.verdict)).toEqual(expect.arrayContaining(['fail', 'inconclusive']));
  });
});
