import { describe, expect, test } from '@jest/globals';
import type { Look } from '../../src/model/observation.ts';
import type { AssertionResult, Report } from '../../src/model/report.ts';
import { recompute, toJson } from '../../src/report/index.ts';
import { allGood, noErrors, openNetwork, sampleReport } from './sample.ts';

const read = (report: Report): Report => JSON.parse(toJson(report)) as Report;
const result = (report: Report, id: string): AssertionResult => {
  const found = report.assertions.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id} in the sample`);
  return found;
};
const firstLook = ({ steps }: AssertionResult): Look => {
  const step = steps[0];
  if (!step || !('measured' in step) || !step.measured) throw new Error('no look in the sample');
  return step.measured;
};

test.each([['usual', {}], ['without the error', noErrors], ['open', openNetwork], ['good', allGood]])('a report that nobody changed agrees with itself: %s', (_name, change) => {
  expect(recompute(read(sampleReport(change)))).toEqual([]);
});

describe('a changed report', () => {
  const changes: [name: string, change: (report: Report) => void, where: RegExp][] = [
    ['a better summary', (report) => { report.summary.pass += 1; }, /^summary\.pass$/],
    ['a better score', (report) => { report.summary.must.score = 1; }, /^summary\.must\.score$/],
    ['another result', (report) => { report.result = 'passed'; }, /^result$/],
    ['another compliance', (report) => { (report.specifications[0] ?? never()).compliance = 'passed'; }, /^specifications\.0\.compliance$/],
    ['more capability', (report) => { (report.specifications[2] ?? never()).capability = 'full'; }, /^specifications\.2\.capability$/],
    ['another offer', (report) => { (report.offered['traffic-split'] ?? never()).without = ['TrafficSplit.matches', 'x']; }, /^specifications\.2\.capabilityReason$/],
    ['a specification less', (report) => { report.specifications.pop(); }, /^specifications\.3$/],
    ['fewer checks', (report) => { report.statistics.checks = 0; }, /^statistics\.checks$/],
    ['less chance', (report) => { report.statistics.falseFailure *= 1.001; }, /^statistics\.falseFailure$/],
    ['a failure made a pass', (report) => { result(report, 'traffic-split/weighted-75-25').verdict = 'pass'; }, /weighted-75-25@v1alpha2 verdict$/],
    ['a failure and its look made good', (report) => { const one = result(report, 'traffic-split/weighted-75-25'); one.verdict = 'pass'; firstLook(one).holds = true; }, /a measure look at 21400 ms: holds$/],
    ['faster convergence', (report) => { result(report, 'traffic-split/weighted-75-25').convergenceMs = 1; }, /convergenceMs$/],
    ['no convergence', (report) => { delete result(report, 'traffic-split/weighted-75-25').convergenceMs; }, /convergenceMs$/],
    ['a result moved to another specification', (report) => { result(report, 'traffic-split/weighted-75-25').specification = 'traffic-metrics'; }, /specification$/],
    ['a result left out', (report) => { report.assertions.pop(); }, /^summary\.total$/],
    ['a result twice', (report) => { report.assertions.push(...report.assertions.slice(0, 1)); }, /^incompleteBecause$/],
    ['an error in a complete report', (report) => { result(report, 'traffic-split/port-mapping').verdict = 'error'; }, /^complete$/],
    ['a filter in a complete report', (report) => { report.run.only = ['traffic-split/*']; }, /^incompleteBecause$/],
    ['incomplete without a reason', (report) => { report.complete = false; }, /^complete$/],
  ];
  test.each(changes)('%s is noticed', (_name, change, where) => {
    const report = read(sampleReport(noErrors));
    change(report);
    expect(recompute(report).map((difference) => difference.where)).toContainEqual(expect.stringMatching(where));
  });
});

test('an incomplete report that calls itself complete is noticed', () => {
  const report = read(sampleReport());
  report.complete = true;
  report.incompleteBecause = [];
  expect(recompute(report)).toContainEqual({ where: 'complete', stated: true, derived: false });
});

test('the last digit of a probability may differ between machines', () => {
  const report = read(sampleReport(noErrors));
  report.statistics.falseFailure *= 1 + 1e-14;
  expect(recompute(report)).toEqual([]);
});

function never(): never {
  throw new Error('the sample lacks it');
}
