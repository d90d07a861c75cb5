import { describe, expect, test } from '@jest/globals';
import { toJUnit } from '../../src/report/index.ts';
import { problemsOf } from './junit-form.ts';
import { allGood, noErrors, openNetwork, sampleReport } from './sample.ts';
import { all, parseXml } from './xml.ts';
import type { Element } from './xml.ts';

const caseOf = (root: Element, id: string): Element => all(root, 'testcase').find(({ attributes }) => attributes['name'] === id) ?? never();

describe('JUnit', () => {
  const root = parseXml(toJUnit(sampleReport()));

  test('one suite a specification, one case a result, and counts that agree', () => {
    expect(root.name).toBe('testsuites');
    expect(root.attributes).toMatchObject({ tests: '25', failures: '3', errors: '1', time: '74.210' });
    expect(root.children.map(({ attributes }) => attributes['name'])).toEqual(['traffic-access', 'traffic-specs', 'traffic-split']);
    for (const suite of root.children) {
      expect(all(suite, 'testcase')).toHaveLength(Number(suite.attributes['tests']));
      for (const [element, count] of [['failure', 'failures'], ['error', 'errors'], ['skipped', 'skipped']] as const) {
        expect(all(suite, element)).toHaveLength(Number(suite.attributes[count]));
      }
    }
  });
  test('a failure tells what was required, expected and seen', () => {
    const [failure] = caseOf(root, 'traffic-access/identity-not-labels').children;
    expect(failure).toMatchObject({ name: 'failure', attributes: { type: 'must', message: '132 of 132 attempts bob → srv GET /x were answered by srv' } });
    expect(failure?.text).toMatch(/expected: bob → srv GET \/x is denied\nseen: 132 of 132 .*\nrequired: Labels do not confer/);
  });
  test('an error is an error', () => {
    expect(caseOf(root, 'traffic-specs/header-single').children[0]).toMatchObject({ name: 'error', attributes: { message: expect.stringContaining('PROBE_LOST') } });
  });
  test('a skip is skipped, with its reason', () => {
    expect(caseOf(root, 'traffic-split/match-header-routes').children[0]).toMatchObject({ name: 'skipped', attributes: { message: 'skip: TrafficSplit.matches is not offered: v1alpha2 has no such field' } });
  });
  test('partial goes through, and says what it is', () => {
    expect(caseOf(root, 'traffic-access/tcproute-covers-http').children[0]).toMatchObject({ name: 'system-out', text: expect.stringMatching(/^partial: Opens TCP ports only/) });
  });
  test('a plain pass has nothing to say', () => expect(caseOf(root, 'traffic-split/port-mapping').children).toEqual([]));
  test('inconclusive is skipped as such: its gate is the failure', () => {
    const open = parseXml(toJUnit(sampleReport({ ...noErrors, ...openNetwork })));
    expect(caseOf(open, 'traffic-access/unlisted-source-denied').children[0]).toMatchObject({ name: 'skipped', attributes: { message: expect.stringMatching(/^inconclusive: The gate traffic-access\/default-deny failed/) } });
    expect(caseOf(open, 'traffic-access/default-deny').children[0]?.name).toBe('failure');
  });
  test('what a mesh answers cannot break the document', () => {
    const report = sampleReport();
    const poison = `]]></failure><x a="1"> & \u0000\u0008\u001B[31m\uFFFE\uD800 \u{1F600}\r\nend`;
    const poisoned = parseXml(toJUnit({ ...report, mesh: { ...report.mesh, name: poison }, assertions: report.assertions.map((one) => ({ ...one, reason: poison, seen: poison, afterwards: poison })) }));
    expect(all(poisoned, 'x')).toEqual([]);
    expect(caseOf(poisoned, 'traffic-access/identity-not-labels').children[0]?.text).toContain(`]]></failure><x a="1"> & \uFFFD\uFFFD\uFFFD\uFFFD \u{1F600}\nend`);
  });
  test('what followed a pass is not lost', () => {
    const report = sampleReport();
    const after = parseXml(toJUnit({ ...report, assertions: report.assertions.map((one) => ({ ...one, afterwards: 'alice was still let in' })) }));
    expect(caseOf(after, 'traffic-split/port-mapping').children[0]).toMatchObject({ name: 'system-out', text: 'afterwards: alice was still let in' });
  });
});

describe('the form that continuous integration reads', () => {
  const report = sampleReport();
  const longest = { ...report, run: { ...report.run, durationMs: 123_456_789, startedAt: '2026-01-31T23:59:59.999Z' } };
  const afterwards = { ...report, assertions: report.assertions.map((one) => ({ ...one, afterwards: 'alice was still let in' })) };
  const added = { ...report, assertions: report.assertions.map((one, index) => (index < 2 ? { ...one, added: true as const } : one)) };
  const nothing = { ...report, assertions: [], specifications: [] };

  test.each([
    ['of each verdict', report], ['on which all went well', sampleReport(allGood)], ['without errors', sampleReport(noErrors)], ['of an open network', sampleReport({ ...noErrors, ...openNetwork })],
    ['of a long run', longest], ['with something to say behind each result', afterwards], ['with assertions of a user', added], ['of nothing', nothing],
  ])('is that of a report %s', (_what, one) => {
    expect(problemsOf(parseXml(toJUnit(one)))).toEqual([]);
  });

  test.each<[what: string, from: RegExp | string, to: string, told: string]>([
    ['another root', /testsuites/g, 'suites', 'the root is suites'],
    ['a suite without its figures', / errors="\d+" skipped/, ' skipped', 'has no errors'],
    ['a figure that is none', / failures="\d+" errors="\d+" skipped/, ' failures="many" errors="0" skipped', 'has failures="many"'],
    ['a time in words', /<testcase([^>]*) time="[\d.]+"/, '<testcase$1 time="1 s"', 'has time="1 s"'],
    ['a time stamp with a zone', /timestamp="([^"]+)"/, 'timestamp="$1Z"', 'has timestamp='],
    ['a case without a class', / classname="[^"]+"/, '', 'has no classname'],
    ['an attribute of its own', '<testcase', '<testcase verdict="pass"', 'has verdict, which is not known'],
    ['an element of its own', '<skipped', '<partial/><skipped', 'holds partial'],
    ['two outcomes', '<skipped', '<error/><skipped', 'has more than one outcome'],
    ['text among the cases', '  </testsuite>', 'done  </testsuite>', 'holds text'],
  ])('is not that of %s', (_what, from, to, told) => {
    const good = toJUnit(report);
    const wrong = good.replace(from, to);
    expect(wrong).not.toBe(good);
    expect(problemsOf(parseXml(wrong)).join('\n')).toContain(told);
  });
});

function never(): never {
  throw new Error('no such case');
}
