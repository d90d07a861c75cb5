import { describe, expect, test } from '@jest/globals';
import { identityOf } from '../../src/judge/index.ts';
import { ConformanceError } from '../../src/model/errors.ts';
import type { AssertionResult, Report } from '../../src/model/report.ts';
import { mergeReports, type Part, recompute, type ReportInput, toJson } from '../../src/report/index.ts';
import { allGood, input, noErrors, openNetwork, sampleReport } from './sample.ts';

const ids = ['aaaaaa', 'bbbbbb', 'cccccc'];

/** The sample as `of` parts would have it: each has all gates, and every `of`th of the rest. */
function partsOf(of: number, change: Parameters<typeof sampleReport>[0] = allGood, more: (index: number) => Partial<ReportInput> = () => ({})): Part[] {
  const { run, planned, results } = input(change);
  const rest = results.filter(({ gate }) => !gate);
  return Array.from({ length: of }, (_, at): Part => {
    const mine = new Set([...results.filter(({ gate }) => gate), ...rest.filter((_one, place) => place % of === at)].map(identityOf));
    const report = sampleReport(change, {
      run: { ...run, id: ids[at] ?? '', startedAt: `2026-11-21T08:5${at}:00.000Z`, durationMs: 90_000 - at, shard: { index: at + 1, of, planned: planned.map(identityOf) } },
      planned: planned.filter((one) => mine.has(identityOf(one))),
      results: results.filter((one) => mine.has(identityOf(one))),
      ...more(at),
    });
    return { name: `part-${at + 1}.json`, report: JSON.parse(toJson(report)) as Report };
  });
}

const nth = (parts: Part[], at: number): Part => parts[at] ?? never();
const withReport = (parts: Part[], at: number, change: (report: Report) => Report): Part[] => parts.map((part, place) => (place === at ? { ...part, report: change(part.report) } : part));
const byIdentity = (results: readonly AssertionResult[]): AssertionResult[] => results.toSorted((one, other) => (identityOf(one) < identityOf(other) ? -1 : 1));

function refusalOf(parts: Part[]): string {
  try {
    mergeReports(parts);
  } catch (error) {
    if (error instanceof ConformanceError && error.code === 'BAD_INPUT') return error.message;
    throw error;
  }
  throw new Error('the parts were merged');
}

describe.each([1, 2, 3])('%d parts', (of) => {
  test.each([['good', allGood], ['with failures', noErrors], ['with an error', {}], ['on an open network', openNetwork]])('make the report of the whole: %s', (_, change) => {
    const whole = sampleReport(change);
    const merged = mergeReports(partsOf(of, change));
    for (const field of ['complete', 'incompleteBecause', 'result', 'summary', 'specifications', 'statistics', 'offered', 'served', 'suite', 'mesh'] as const) expect({ field, is: merged[field] }).toEqual({ field, is: whole[field] });
    expect(byIdentity(merged.assertions)).toEqual(byIdentity(whole.assertions));
    expect(merged.assertions.map(identityOf)).toEqual(whole.assertions.map(identityOf));
    expect(recompute(JSON.parse(toJson(merged)) as Report)).toEqual([]);
  });
});

test('a part alone states nothing, and says why', () => {
  const { report } = nth(partsOf(2), 0);
  expect(report).toMatchObject({ complete: false, result: 'incomplete', incompleteBecause: ['only part 1 of 2 was run: merge the reports of all parts'] });
});

test('the order in which parts are named does not matter', () => {
  expect(toJson(mergeReports(partsOf(3).toReversed()))).toBe(toJson(mergeReports(partsOf(3))));
});

test('the run says of which parts it is, from the first beginning to the last end', () => {
  const { run } = mergeReports(partsOf(3));
  expect(run).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{6}$/), startedAt: '2026-11-21T08:50:00.000Z', durationMs: 2 * 60_000 + 90_000 - 2, only: [], skip: [], concurrency: 4, tool: 'smi-conformance 0.1.0',
    shards: [0, 1, 2].map((at) => ({ index: at + 1, id: ids[at], startedAt: `2026-11-21T08:5${at}:00.000Z`, durationMs: 90_000 - at })),
  });
});

describe('what is missing keeps the whole from being complete', () => {
  test('a part', () => {
    const merged = mergeReports(partsOf(3).slice(0, 2));
    expect(merged.complete).toBe(false);
    expect(merged.incompleteBecause).toEqual(['part 3 of 3 is not there', expect.stringMatching(/^\d of 25 planned results are missing: traffic-/)]);
    expect(merged.specifications.map(({ compliance }) => compliance)).toEqual(Array(4).fill('incomplete'));
  });
  test('a result of a part, and why it is not there', () => {
    const parts = partsOf(2, allGood, (at) => (at === 0 ? {} : { results: input(allGood).results.filter(({ gate }) => gate), interrupted: 'SIGTERM' }));
    expect(mergeReports(parts).incompleteBecause).toEqual([expect.stringMatching(/^part 2: interrupted by SIGTERM; part 2: \d+ of \d+ planned results are missing/), expect.stringMatching(/^10 of 25 planned results are missing/)]);
  });
});

describe('parts that do not belong together are refused', () => {
  const two = (change: (report: Report) => Report): Part[] => withReport(partsOf(2), 1, change);
  const first = 'part-1.json and part-2.json do not belong together: the ';
  test.each<[string, () => Part[], string | RegExp]>([
    ['none', () => [], 'there is nothing to merge'],
    ['a report of no part', () => [{ name: 'whole.json', report: sampleReport(allGood) }], 'whole.json is the report of no part: only reports of runs with shard are merged'],
    ['the same part twice', () => [nth(partsOf(2), 0), { ...nth(partsOf(2), 0), name: 'again.json' }], 'part-1.json and again.json are both part 1 of 2: each part counts once'],
    ['a suite of another digest', () => two((report) => ({ ...report, suite: { ...report.suite, digest: 'ab'.repeat(32) } })), `${first}suite differ (0.1.0 (3f2a91c0`],
    ['other added assertions', () => two((report) => ({ ...report, suite: { ...report.suite, added: { digest: 'ab'.repeat(32), assertions: 1 } } })), `${first}assertions that were added differ (none and abab`],
    ['another mesh', () => two((report) => ({ ...report, mesh: { ...report.mesh, id: 'linkerd' } })), `${first}mesh differ (osm and linkerd)`],
    ['another version of the mesh', () => two((report) => ({ ...report, mesh: { ...report.mesh, version: 'v1.2.5' } })), `${first}mesh version differ (v1.2.4 and v1.2.5)`],
    ['another build of the mesh', () => two((report) => ({ ...report, mesh: { ...report.mesh, images: [] } })), `${first}images of the mesh differ. Run`],
    ['another Kubernetes', () => two((report) => ({ ...report, kubernetes: { ...report.kubernetes, version: 'v1.35.0' } })), `${first}Kubernetes version differ (v1.34.4 and v1.35.0)`],
    ['another cluster', () => two((report) => ({ ...report, kubernetes: { ...report.kubernetes, cluster: 'embedded' } })), `${first}kind of cluster differ`],
    ['other served APIs', () => two((report) => ({ ...report, served: [] })), `${first}APIs that the cluster serves differ`],
    ['other time-outs', () => two((report) => ({ ...report, timing: { ...report.timing, applyMs: 1 } })), `${first}time-outs differ`],
    ['another program', () => two((report) => ({ ...report, run: { ...report.run, tool: 'smi-conformance 0.2.0' } })), `${first}version of the program differ`],
    ['a fault in one of them', () => two((report) => ({ ...report, run: { ...report.run, fault: 'open-network' } })), `${first}fault differ (none and open-network)`],
    ['other levels that fail', () => two((report) => ({ ...report, failOn: ['should'] })), `${first}fail_on differ`],
    ['another number of parts', () => [nth(partsOf(2), 0), nth(partsOf(3), 1)], `${first}number of parts differ (2 and 3)`],
    ['another plan', () => two((report) => ({ ...report, run: { ...report.run, shard: { index: 2, of: 2, planned: [...(report.run.shard?.planned ?? []), 'traffic-access/more@v1alpha3'] } } })), `${first}plan differ`],
    ['a changed figure', () => two((report) => ({ ...report, summary: { ...report.summary, pass: 99 } })), 'part-2.json contradicts itself (summary.pass)'],
  ])('%s', (_, parts, words) => expect(refusalOf(parts())).toContain(words));

  test('a filter in one of them', () => {
    const parts = partsOf(2, allGood, (at) => (at === 0 ? {} : { run: { ...nth(partsOf(2), 1).report.run, only: ['traffic-*'] } }));
    expect(refusalOf(parts)).toContain(`${first}filter only differ`);
  });

  test('a result that was not planned', () => {
    const parts = partsOf(2, allGood, (at) => {
      const { results } = input(allGood);
      return at === 0 ? { results: results.map((one) => (one.gate ? one : { ...one, id: `${one.specification}/foreign` })).slice(0, 7) } : {};
    });
    expect(refusalOf(parts)).toMatch(/^part-1\.json has traffic-\w+\/foreign@\w+, which is not planned/);
  });

  test('a result in two parts that is no gate', () => {
    const { results } = input(allGood);
    const parts = partsOf(2, allGood, () => ({ results }));
    expect(refusalOf(parts)).toMatch(/^traffic-\S+ is in part-1\.json and part-2\.json, and it is no gate: the parts overlap\. Give all of them the same durations\.$/);
  });

  test('gates that disagree, by name', () => {
    const [one] = partsOf(2, noErrors);
    const [, other] = partsOf(2, { ...noErrors, ...openNetwork });
    expect(refusalOf([one ?? never(), other ?? never()])).toMatch(/^part-1\.json and part-2\.json disagree on the gate traffic-access\/default-deny@v1alpha3: pass and fail\./);
  });
});

function never(): never {
  throw new Error('the sample lacks it');
}
