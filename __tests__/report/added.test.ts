import { describe, expect, test } from '@jest/globals';
import type { AssertionResult, Report } from '../../src/model/report.ts';
import { recompute, toAnnotations, toJson, toJUnit, toSummary, toTable } from '../../src/report/index.ts';
import { exitStatus } from '../../src/judge/index.ts';
import { refusalOf as notPublished } from '../../src/publish/index.ts';
import { refusalOf as notUploaded } from '../../src/provider/index.ts';
import { allGood, input, sampleReport } from './sample.ts';

const digest = 'cd'.repeat(32);

/** The good sample with two assertions added to its suite, of which one fails and one could not be judged. */
function withAdded(): Report {
  const facts = input(allGood);
  const [some] = facts.results.filter(({ id }) => id === 'traffic-access/route-not-listed-denied');
  if (some === undefined) throw new Error('the sample lacks it');
  const own: AssertionResult[] = [
    { ...some, id: 'traffic-access/mine', added: true, verdict: 'fail', reason: 'srv answered 132 of 132', failedStep: 0, steps: [] },
    { ...some, id: 'traffic-access/more', added: true, verdict: 'error', reason: 'PROBE_LOST: gone', steps: [] },
  ];
  for (const one of own) delete one.convergenceMs;
  return sampleReport(allGood, {
    suite: { ...facts.suite, added: { digest, assertions: 2 } },
    planned: [...facts.planned, ...own.map(({ id, version }) => ({ id, version, added: true as const })), { id: 'traffic-access/never', version: 'v1alpha3', added: true }],
    results: [...facts.results, ...own],
  });
}

describe('what was added to the suite', () => {
  const report = withAdded();
  const bare = sampleReport(allGood);

  test('changes no figure of it', () => {
    for (const part of ['complete', 'result', 'summary', 'specifications', 'statistics'] as const) expect({ part, is: report[part] }).toEqual({ part, is: bare[part] });
    expect(report.suite.assertions).toBe(bare.suite.assertions);
  });
  test('has a figure of its own', () => expect(report.added).toMatchObject({ fail: 1, error: 1, total: 2, must: { failed: 1, applicable: 1 } }));
  test('fails the run as it would by itself', () => expect(exitStatus({ results: report.assertions.filter(({ verdict }) => verdict !== 'error'), failOn: ['must'], missing: 0 })).toBe(1));
  test('agrees with itself when it is read again', () => expect(recompute(JSON.parse(toJson(report)) as Report)).toEqual([]));
  test.each<[string, (changed: Report) => void, string]>([
    ['another figure', (changed) => Object.assign(changed.added ?? {}, { fail: 0 }), 'added.fail'],
    ['no figure', (changed) => Reflect.deleteProperty(changed, 'added'), 'added'],
    ['no word of it in the suite', (changed) => Reflect.deleteProperty(changed.suite, 'added'), 'suite.added'],
    ['one of them made a part of the suite', (changed) => Reflect.deleteProperty(changed.assertions.find(({ id }) => id === 'traffic-access/mine') ?? {}, 'added'), 'summary.fail'],
  ])('does not with %s', (_, change, where) => {
    const changed = JSON.parse(toJson(report)) as Report;
    change(changed);
    expect(recompute(changed).map((difference) => difference.where)).toContain(where);
  });
  test('keeps the result from being published and uploaded', () => {
    expect(notPublished(bare)).toBeUndefined();
    expect(notPublished(report)).toContain('added to the suite');
    expect(notUploaded(bare, { id: 'osm', provider: 'OPEN_SERVICE_MESH' })).toBeUndefined();
    expect(notUploaded(report, { id: 'osm', provider: 'OPEN_SERVICE_MESH' })).toContain('added to the suite');
  });
});

describe('is told apart', () => {
  const report = withAdded();
  test('in the table: a section of its own, after those of the suite', () => {
    const text = toTable(report, { color: false, width: 120 });
    expect(text).toMatch(/suite 0\.1\.0 · digest 3f2a91c03f2a · 2 assertions added \(cdcdcdcdcdcd\)/);
    const section = text.indexOf('added to the suite ─');
    expect(section).toBeGreaterThan(text.indexOf('traffic-split v1alpha2'));
    expect(text.slice(section)).toMatch(/1 fail · 1 error\n.*\n ✗ fail +traffic-access\/mine/);
    expect(text.slice(0, section)).not.toContain('traffic-access/mine');
    expect(text).toMatch(/✗ fail {2}traffic-access\/mine {2}v1alpha3 · must · added/);
  });
  test('in the job summary', () => {
    const text = toSummary(report);
    expect(text).toContain('Added to the suite, and in none of these figures: 1 fail · 1 error.');
    expect(text).toContain('<code>traffic-access/mine</code> (added)');
    expect(text).not.toContain('<code>traffic-access/default-deny</code> (added)');
  });
  test('in JUnit: a suite of its own', () => {
    const text = toJUnit(report);
    expect(text).toMatch(/<testsuite name="added" tests="2" failures="1" errors="1"/);
    expect(text).toMatch(/<testsuite name="traffic-access" tests="9" failures="0" errors="0"/);
  });
  test('in annotations', () => expect(toAnnotations(report).map(({ title }) => title)).toContainEqual(expect.stringMatching(/^Failed: traffic-access\/mine v1alpha3 \(must, added\)/)));
});
