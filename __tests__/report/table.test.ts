import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { toTable } from '../../src/report/index.ts';
import { allGood, noErrors, openNetwork, sampleReport } from './sample.ts';

const lines = (text: string): string[] => text.split('\n');
const lineOf = (text: string, part: string): string => lines(text).find((line) => line.includes(part)) ?? '';

describe.each([80, 100, 120, 160])('at %d columns', (width) => {
  test.each([['usual', {}], ['open', openNetwork], ['good', allGood]])('no line is wider, except for ids to be copied: %s', (_name, change) => {
    const wide = lines(toTable(sampleReport(change), { color: false, width })).filter((line) => line.length > Math.min(width, 120));
    expect(wide.filter((line) => !line.includes('--only='))).toEqual([]);
  });
  test('nothing trails a line', () => {
    expect(lines(toTable(sampleReport(), { color: false, width })).filter((line) => /\s$/.test(line))).toEqual([]);
  });
});

describe('the table', () => {
  const text = toTable(sampleReport(noErrors), { color: false, width: 100 });

  test('says what was tested, in its first line', () => expect(lines(text)[0]).toBe(' SMI conformance · Open Service Mesh v1.2.4 · Kubernetes v1.34.4'));
  test('heads each specification with its answer', () => {
    expect(lineOf(text, 'traffic-access v1alpha3')).toMatch(/─ capability full · compliance failed$/);
    expect(lineOf(text, 'traffic-split v1alpha2')).toMatch(/─ capability partial · compliance failed$/);
  });
  test('a row has verdict, id, convergence and time, at the edge', () => {
    expect(lineOf(text, 'traffic-split/weighted-90-10')).toMatch(/^ ✓ pass {10}traffic-split\/weighted-90-10 +2\.1 s {3}1\.4 s$/);
    expect(lineOf(text, 'traffic-access/default-deny')).toMatch(/default-deny {2}gate +640 ms$/);
    expect(lineOf(text, 'update-roundtrip')).toMatch(/ {2}should +1\.3 s$/);
    expect(lineOf(text, 'traffic-split/match-header-routes')).toMatch(/^ ○ skip .* –$/);
  });
  test('failures come first within a specification', () => {
    const rows = lines(text).filter((line) => /^ [✓✗◐○?!·] \w+ +traffic-access\//.test(line) && !line.includes('v1alpha3'));
    expect(rows.map((row) => row.trim().split(' ')[1])).toEqual(['fail', 'partial', ...Array(7).fill('pass')]);
  });
  test('one reason for several results is said once, and for how many', () => {
    expect(text).toMatch(/match-header-routes.*\n.*match-nonmatching-root.*\n +└ {2}both: TrafficSplit\.matches is not offered/);
    expect(toTable(sampleReport({ ...noErrors, ...openNetwork }))).toMatch(/└ {2}all 5: The gate traffic-access\/default-deny failed/);
  });
  test('a failure shows why, what was expected and what was seen', () => {
    const section = text.slice(text.indexOf('3 failures'));
    expect(section).toMatch(/✗ fail {2}traffic-split\/weighted-75-25 {2}v1alpha2 · must\n {9}Weights of 75 and 25 give three quarters and one quarter\n {9}because {3}web-v1 answered 512 of 1000/);
    expect(section).toMatch(/expected {2}caller → web GET \/ is answered by web-v1 75 %, web-v2 25 % \(681–815 and 185–319\n/);
    expect(section).toMatch(/seen {6}web-v1 512, web-v2 488\n/);
    expect(section).toMatch(/ended at {2}step 1 \(sample\)/);
  });
  test('a failed gate says how much waits for it', () => {
    expect(toTable(sampleReport({ ...noErrors, ...openNetwork }), { width: 120 })).toContain('v1alpha3 · must · gate · 8 inconclusive behind it');
  });
  test('capability, its reason, compliance and counts stand side by side', () => {
    expect(text).toMatch(/ traffic-split {4}partial {5}failed {10}7 pass · 1 fail · 2 skip\n {18}v1alpha2 has no TrafficSplit\.matches\n traffic-metrics {2}none {8}not applicable {2}–\n/);
  });
  test('several versions are told apart in the rows', () => {
    const report = sampleReport(allGood);
    const [first] = report.assertions;
    const twice = first ? [...report.assertions, { ...first, version: 'v1alpha2' as const }] : [];
    expect(toTable({ ...report, assertions: twice })).toContain('traffic-access/crd-traffictarget@v1alpha2');
  });
  test('what followed a pass is shown below it', () => {
    const report = sampleReport(allGood);
    const assertions = report.assertions.map((one) => (one.id.endsWith('port-mapping') ? { ...one, afterwards: 'web-v0 never came back' } : one));
    expect(toTable({ ...report, assertions })).toMatch(/✓ pass {10}traffic-split\/port-mapping .*\n +└ {2}afterwards: web-v0 never came back\n/);
  });
  test('warnings are shown', () => {
    expect(toTable(sampleReport(allGood, { warnings: ['the namespace smi-1 is still there'] }))).toMatch(/ 1 warning ─+\n {3}the namespace smi-1 is still there\n/);
  });
});

describe('the answer at the end', () => {
  const end = (change: Parameters<typeof sampleReport>[0], more?: Parameters<typeof sampleReport>[1]): string => toTable(sampleReport(change, more), { width: 200 }).trimEnd().split('\n\n').at(-1) ?? '';
  test('passed', () => expect(end(allGood)).toMatch(/^ ✓ PASSED\n {3}traffic-access, traffic-specs and traffic-split comply: all 22 must requirements that apply hold\n {3}74\.2 s \(connect 812 ms, .*clean-up 7\.9 s\)/));
  test('failed, with what to do', () => {
    expect(end({ ...noErrors, ...openNetwork }).replaceAll(/\s+/g, ' ')).toMatch(/^ ✗ FAILED .* do not comply: 11 of 22 must requirements hold, 3 failed and 8 inconclusive \(score 50 %\) → begin with traffic-access\/default-deny/);
    expect(end(noErrors)).toContain('--only=traffic-access/identity-not-labels,traffic-specs/httproutegroup-roundtrip,traffic-split/weighted-75-25');
  });
  test('incomplete, with why and what to do', () => {
    const answer = end({});
    expect(answer).toMatch(/^ ! INCOMPLETE\n {3}No compliance is stated, since the run is not complete: 1 could not be judged: traffic-specs\/header-single@v1alpha4\n/);
    expect(answer).toContain('1 result is an error of the harness or the cluster, not of the mesh');
  });
  test('a mesh that offers nothing neither passes nor fails', () => {
    expect(end({}, { offered: {}, claims: {}, planned: [], results: [] })).toMatch(/^ ○ NOTHING OFFERED\n {3}No must requirement applies/);
  });
});

test('colours only when asked, and they change nothing else', () => {
  const report = sampleReport(openNetwork);
  const colourless = toTable(report, { color: false, width: 100 });
  const coloured = toTable(report, { color: true, width: 100 });
  expect(colourless).not.toContain('\u001B');
  expect(coloured).toContain('\u001B[1;31m ✗ fail');
  expect(stripVTControlCharacters(coloured)).toBe(colourless);
});

test('what a mesh answers cannot steer the terminal', () => {
  const report = sampleReport(noErrors);
  const poison = 'a\u001B[2J\u001B]0;title\u0007b\u0008\r\nc\u202Ed';
  const text = toTable({ ...report, warnings: [poison], mesh: { ...report.mesh, name: poison }, assertions: report.assertions.map((one) => ({ ...one, reason: poison, seen: poison })) });
  // oxlint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
  expect(text).toContain('ab c d');
});
