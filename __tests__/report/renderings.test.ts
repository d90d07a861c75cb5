import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import type { RunEvent } from '../../src/model/event.ts';
import type { AssertionResult } from '../../src/model/report.ts';
import { toAnnotations, toBadge, toJson, toJUnit, toProgress, toSummary, toTable, toYaml } from '../../src/report/index.ts';
import { allGood, input, noErrors, openNetwork, sampleReport } from './sample.ts';

describe.each([['usual', sampleReport()], ['open', sampleReport({ ...noErrors, ...openNetwork })]])('nothing is lost: %s', (_name, report) => {
  const notPlain = report.assertions.filter(({ verdict }) => verdict !== 'pass');
  const squeezed = (text: string): string => text.replaceAll('&#95;', '_').replaceAll(/\s+/g, ' ');
  const renderings: [string, string][] = [
    ['table', toTable(report, { color: false, width: 80 })], ['JUnit', toJUnit(report)], ['summary', toSummary(report)], ['JSON', toJson(report)], ['YAML', toYaml(report)],
  ];
  test.each(renderings)('%s has every result that is no plain pass, and its reason', (_what, text) => {
    expect(notPlain.length).toBeGreaterThan(5);
    for (const { id, reason } of notPlain) {
      expect(text).toContain(id);
      expect(squeezed(text)).toContain(/^.{1,25}(?= |$)/.exec(reason ?? 'never')?.[0]);
    }
  });
  test('every failure and error is annotated', () => {
    const failures = notPlain.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
    expect(toAnnotations(report).map(({ title }) => /: (\S+) /.exec(title)?.[1]).toSorted()).toEqual(failures.map(({ id }) => id).toSorted());
  });
});

describe('JSON and YAML', () => {
  const report = sampleReport();
  test('JSON reads back as the report', () => expect(JSON.parse(toJson(report))).toEqual(report));
  test('YAML reads back as the report', () => expect(load(toYaml(report))).toEqual(report));
  test('YAML has neither anchors nor folded lines', () => expect(toYaml(report)).not.toMatch(/: [&*]\w|[>|]-?\n/));
  test('values that YAML 1.1 takes for something else stay text', () => {
    const tricky = ['n', 'yes', 'off', '1e3', '0x10', '~', 'null', '2026-11-21', '012', ': x', '- x', '#x', ''];
    expect((load(toYaml({ ...report, warnings: tricky })) as typeof report).warnings).toEqual(tricky);
    expect(toYaml({ ...report, warnings: ['n', 'yes', 'off'] })).toMatch(/- ["']n["']\n {2}- ["']yes["']\n {2}- ["']off["']/);
  });
});

describe('badge', () => {
  const read = (text: string | undefined): unknown => JSON.parse(text ?? 'null');
  test('failed', () => expect(read(toBadge(sampleReport(noErrors)))).toEqual({ schemaVersion: 1, label: 'SMI conformance', message: 'failed 18/22', color: 'red', isError: true }));
  test('passed', () => expect(read(toBadge(sampleReport(allGood)))).toEqual({ schemaVersion: 1, label: 'SMI conformance', message: 'passed 22/22', color: 'brightgreen', isError: false }));
  test('nothing offered is neither', () => expect(read(toBadge(sampleReport({}, { offered: {}, claims: {}, planned: [], results: [] })))).toMatchObject({ message: 'nothing offered', color: 'lightgrey', isError: false }));
  test('none for an incomplete report', () => expect(toBadge(sampleReport())).toBeUndefined());
  test('none where a filter chose', () => expect(toBadge(sampleReport(allGood, { run: { ...input().run, only: ['traffic-split/*'] } }))).toBeUndefined());
  test('none for the reference mesh', () => expect(toBadge(sampleReport(allGood, { kubernetes: { version: 'v1.34.0', cluster: 'embedded' } }))).toBeUndefined());
});

describe('annotations', () => {
  test('name assertion, requirement, expected and seen', () => {
    const [first] = toAnnotations(sampleReport(noErrors));
    expect(first?.title).toBe('Failed: traffic-access/identity-not-labels v1alpha3 (must): Labels do not confer identity');
    expect(first?.message.split('\n')).toEqual([
      'because: 132 of 132 attempts bob → srv GET /x were answered by srv',
      'expected: bob → srv GET /x is denied',
      'seen: 132 of 132 attempts were answered by srv',
      'required: Labels do not confer identity, whatever else the cluster holds. (traffic-access, Specification)',
      'ended at: step 1 (always)',
    ]);
  });
  test('the gravest first: a gate before what it does not block', () => {
    const annotations = toAnnotations(sampleReport({ ...noErrors, ...openNetwork }));
    expect(annotations[0]?.title).toContain('traffic-access/default-deny');
    expect(annotations[0]?.message).toMatch(/8 other results are inconclusive because of it$/);
  });
  test('a gate comes before what stands earlier in the report', () => {
    const report = sampleReport(noErrors);
    const assertions = report.assertions.map((one) => (one.id === 'traffic-split/weighted-75-25' ? { ...one, gate: true } : one));
    expect(toAnnotations({ ...report, assertions })[0]?.title).toContain('traffic-split/weighted-75-25');
  });
  test.each([[['must'], 'error'], [['should'], 'warning'], [['never'], 'warning']] as const)('with fail_on %j a must that fails is an %s', (failOn, level) => {
    expect(toAnnotations(sampleReport(noErrors, { failOn: [...failOn] })).map((one) => one.level)).toEqual([level, level, level]);
  });
  test('an error always counts', () => expect(toAnnotations(sampleReport({}, { failOn: ['never'] }))[0]).toMatchObject({ level: 'error', title: expect.stringMatching(/^Not judged: traffic-specs\/header-single/) }));
  test('none where nothing failed', () => expect(toAnnotations(sampleReport(allGood))).toEqual([]));
});

describe('progress', () => {
  const report = sampleReport();
  const failed = report.assertions.find(({ id }) => id === 'traffic-split/weighted-75-25') as AssertionResult;
  const lines: [event: RunEvent, line: string | undefined][] = [
    [{ at: 0, type: 'phase-started', phase: 'prepare' }, '… building the lanes'],
    [{ at: 9, type: 'phase-ended', phase: 'prepare', durationMs: 21_300 }, '  prepare took 21.3 s'],
    [{ at: 1, type: 'planned', mesh: 'Open Service Mesh', meshVersion: 'v1.2.4', kubernetesVersion: 'v1.34.4', results: 25, lanes: 4 }, 'Open Service Mesh v1.2.4 on Kubernetes v1.34.4: 25 results to come, in 4 lanes'],
    [{ at: 2, type: 'lane-ready', lane: 'access-1', pods: 7, durationMs: 900 }, '  lane access-1: 7 pods ready in 900 ms'],
    [{ at: 3, type: 'lane-rebuilt', lane: 'access-1', after: 'traffic-access/default-deny', reason: 'still open' }, '! lane access-1 is built anew after traffic-access/default-deny: still open'],
    [{ at: 4, type: 'notice', level: 'warning', message: 'a\u001B[2Jb\nc' }, '! warning: ab c'],
    [{ at: 4, type: 'notice', level: 'info', message: 'hello' }, 'hello'],
    [{ at: 5, type: 'assertion-ended', result: failed }, `✗ fail         traffic-split/weighted-75-25@v1alpha2 1.3 s ${failed.reason}`],
    [{ at: 5, type: 'assertion-started', id: failed.id, version: failed.version, lane: 'split-1' }, undefined],
    [{ at: 6, type: 'finished', report }, undefined],
  ];
  test.each(lines)('%#', (event, line) => expect(toProgress(event)).toBe(line));
  test('says how far the run is where it is told', () => {
    expect(toProgress({ at: 5, type: 'assertion-ended', result: failed }, { color: false, position: { done: 3, of: 25 } })).toMatch(/^\[ 3\/25\] ✗ fail/);
  });
  test('colours only when asked', () => {
    expect(toProgress({ at: 5, type: 'assertion-ended', result: failed }, { color: true })).toContain('\u001B[1;31m✗ fail');
  });
});
