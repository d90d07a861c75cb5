import { describe, expect, test } from '@jest/globals';
import type { ReportInput } from '../../src/report/index.ts';
import { buildReport, missingOf } from '../../src/report/index.ts';
import { allGood, input, noErrors, openNetwork, sampleReport } from './sample.ts';

/** The sample without its error: complete as it stands. */
const whole = (): ReportInput => input(noErrors);

describe('complete', () => {
  test('everything planned is there once, unfiltered, without an error', () => {
    const report = buildReport(whole());
    expect(report.complete).toBe(true);
    expect(report.incompleteBecause).toEqual([]);
  });

  const cases: [name: string, spoil: (input: ReportInput) => ReportInput, reason: RegExp][] = [
    ['a filter', (good) => ({ ...good, run: { ...good.run, only: ['traffic-access/*'] } }), /^only traffic-access\/\* was asked for$/],
    ['something left out', (good) => ({ ...good, run: { ...good.run, skip: ['*/port-mapping', 'x'] } }), /^\*\/port-mapping, x was left out$/],
    ['a signal', (good) => ({ ...good, interrupted: 'SIGTERM' }), /^interrupted by SIGTERM$/],
    ['another end', (good) => ({ ...good, endedBecause: 'the API server stopped answering' }), /^the API server stopped answering$/],
    ['a planned result that is missing', (good) => ({ ...good, results: good.results.slice(1) }), /^1 of 25 planned results are missing: traffic-access\/default-deny@v1alpha3$/],
    ['many that are missing', (good) => ({ ...good, results: good.results.slice(9) }), /^9 of 25 planned results are missing: (?:\S+, ){4}\S+ and 4 more$/],
    ['a result that was not planned', (good) => ({ ...good, planned: good.planned.slice(1) }), /^1 not planned, but judged: traffic-access\/crd-traffictarget@v1alpha3$/],
    ['a result that is there twice', (good) => ({ ...good, results: [...good.results, ...good.results.slice(0, 1)] }), /^1 judged more than once: traffic-access\/default-deny@v1alpha3$/],
    ['the same assertion at a version that was not planned', (good) => ({ ...good, results: good.results.map((one) => ({ ...one, version: 'v1alpha1' as const })) }), /^25 of 25 planned/],
    ['an error', () => input(), /^1 could not be judged: traffic-specs\/header-single@v1alpha4$/],
  ];
  test.each(cases)('not with %s', (_name, spoil, reason) => {
    const report = buildReport(spoil(whole()));
    expect(report.complete).toBe(false);
    expect(report.incompleteBecause[0]).toMatch(reason);
    expect(report.result).toBe('incomplete');
    expect(report.specifications.map(({ compliance }) => compliance)).toEqual(Array(4).fill('incomplete'));
  });
});

describe('what follows from the results', () => {
  test('capability by the offered surface, compliance by the results', () => {
    const lines = sampleReport(noErrors).specifications.map(({ specification, capability, compliance }) => [specification, capability, compliance]);
    expect(lines).toEqual([
      ['traffic-access', 'full', 'failed'],
      ['traffic-specs', 'partial', 'failed'],
      ['traffic-split', 'partial', 'failed'],
      ['traffic-metrics', 'none', 'not-applicable'],
    ]);
  });
  test('a mesh that does what it offers passes', () => {
    const report = sampleReport(allGood);
    expect(report.result).toBe('passed');
    expect(report.summary).toMatchObject({ pass: 23, skip: 2, fail: 0, total: 25, must: { passed: 22, applicable: 22, score: 1 } });
    expect(report.statistics.checks).toBe(2);
    expect(report.statistics.falseFailure).toBeGreaterThan(0);
    expect(report.statistics.falseFailure).toBeLessThan(1e-4);
  });
  test('an open network fails by its gate and proves nothing behind it', () => {
    const report = sampleReport({ ...noErrors, ...openNetwork });
    expect(report.summary).toMatchObject({ inconclusive: 8 });
    expect(report.specifications.slice(0, 2).map(({ compliance }) => compliance)).toEqual(['failed', 'failed']);
  });
});

describe('form', () => {
  test('results stand in the order of the plan, whatever order they ended in', () => {
    const good = whole();
    expect(buildReport({ ...good, results: good.results.toReversed() })).toEqual(buildReport(good));
    expect(buildReport(good).assertions.map(({ id }) => id)).toEqual(good.planned.map(({ id }) => id));
  });
  test('served kinds are gathered by group and version', () => {
    expect(buildReport(whole()).served).toEqual([
      { group: 'access.smi-spec.io', version: 'v1alpha3', kinds: ['TrafficTarget'] },
      { group: 'specs.smi-spec.io', version: 'v1alpha4', kinds: ['HTTPRouteGroup', 'TCPRoute'] },
    ]);
  });
  test('a claim of which nothing is served stays visible, and is partial', () => {
    const good = whole();
    const offered = { ...good.offered };
    delete offered['traffic-split'];
    const report = buildReport({ ...good, offered });
    expect(report.offered['traffic-split']).toEqual({ versions: [], kinds: [], without: [] });
    expect(report.specifications[2]).toMatchObject({ capability: 'partial', capabilityReason: 'claimed, but the cluster serves none of it' });
  });
  test('what is not served is not offered where a mesh claims whatever is served', () => {
    const good = whole();
    const offered = { ...good.offered };
    delete offered['traffic-split'];
    expect(buildReport({ ...good, offered, claims: 'served' }).specifications[2]).toMatchObject({ capability: 'none' });
  });
  test('a look names its traffic and nothing else of the step', () => {
    const good = whole();
    const results = good.results.map((result) => ({
      ...result,
      steps: result.steps.map((step) => (step.verb !== 'sample' ? step : { ...step, measured: { ...step.measured, seen: step.measured.seen.map((one) => ({ ...one, traffic: { ...one.traffic, attempts: 1000, shares: { a: 1 } } })) } })),
    }));
    expect(JSON.stringify(results)).toContain('"traffic":{"from":"caller","to":"web","attempts":1000');
    expect(buildReport({ ...good, results })).toEqual(buildReport(good));
  });
  test('no fact is changed on the way', () => {
    const good = whole();
    const before = structuredClone(good);
    buildReport(good);
    expect(good).toEqual(before);
  });
});

test('what is missing is found by assertion and version', () => {
  const planned = [{ id: 'a/x', version: 'v1alpha1' as const }, { id: 'a/x', version: 'v1alpha2' as const }];
  expect(missingOf(planned, [{ id: 'a/x', version: 'v1alpha2' }])).toEqual([{ id: 'a/x', version: 'v1alpha1' }]);
});
