import { describe, expect, test } from '@jest/globals';
import type { AssertionResult, Report } from '../../src/model/report.ts';
import { toSummary } from '../../src/report/index.ts';
import { allGood, noErrors, openNetwork, sampleReport } from './sample.ts';

const mebibyte = 1024 * 1024;
const failing = (report: Report): AssertionResult => report.assertions.find(({ verdict }) => verdict === 'fail') ?? never();

describe('the job summary', () => {
  const text = toSummary(sampleReport(noErrors));
  test('begins with the answer', () => {
    expect(text).toMatch(/^## ❌ SMI conformance: Open Service Mesh v1\.2\.4: failed\n\n\*\*traffic-access, traffic-specs and traffic-split do not comply: /);
    expect(toSummary(sampleReport(allGood))).toMatch(/^## ✅ SMI conformance: .*: passed\n/);
    expect(toSummary(sampleReport())).toMatch(/^## ⚠️ SMI conformance: .*: incomplete\n/);
  });
  test('has a line for each specification', () => {
    expect(text).toContain('| traffic-access | full | ❌ failed | 7 pass · 1 partial · 1 fail | 7 of 9 | – |');
    expect(text).toContain('| traffic-metrics | none | ➖ not applicable | – | – | – |');
  });
  test('folds each failure with requirement, expected and seen', () => {
    const block = text.slice(text.indexOf('<details><summary>✗ fail <code>traffic-split/weighted-75-25</code>'));
    expect(block).toMatch(/\| \*\*expected\*\* \| caller → web GET \/ is answered by web-v1 75 %/);
    expect(block).toContain('| **seen** | web-v1 512, web-v2 488 |');
    expect(block).toMatch(/\| \*\*required\*\* \| Weights of 75 and 25 .* \(traffic-split, Specification\) \|/);
  });
  test('says why a result is no plain pass', () => {
    expect(text).toContain('| ◐ partial | <code>traffic-access/tcproute-covers-http</code> | v1alpha3 | must | Opens TCP ports only');
    expect(toSummary(sampleReport(openNetwork))).toMatch(/\| \? inconclusive \| <code>traffic-access\/identity-not-labels<\/code> \| .* The gate traffic-access\/default-deny failed/);
  });
  test('every table row has the cells of its head', () => {
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    let cells = 0;
    for (const [index, row] of rows.entries()) {
      const own = row.split('|').length;
      if (rows[index + 1]?.startsWith('| ---')) cells = own;
      expect(own).toBe(cells);
    }
  });
  test('what is open is closed', () => expect(count(text, '<details>')).toBe(count(text, '</details>')));
});

test('what a mesh answers is shown as it is, never rendered', () => {
  const report = sampleReport(noErrors);
  const poison = '</details><script>x</script> | `a` *b* _c_ [d](https://e) ![f](g) @team #1 ~~h~~ <!-- i\nj \u001B[31m $k$';
  failing(report).seen = poison;
  failing(report).reason = poison;
  const text = toSummary(report);
  expect(text).not.toContain('<script>');
  expect(text).not.toContain('<!--');
  expect(text).not.toContain('@team');
  expect(text).not.toMatch(/https:\/\//);
  const row = text.split('\n').find((line) => line.startsWith('| **seen** | &lt;/details')) ?? '';
  expect(row.split('|')).toHaveLength(4);
  expect(row).not.toMatch(/[`_[\]~$!]/);
  expect(unescaped(row)).toContain('</details><script>x</script> | `a` *b* _c_ [d](https://e) ![f](g) @team #1 ~~h~~ <!-- i j $k$');
  expect(count(text, '<details>')).toBe(count(text, '</details>'));
});

describe('below GitHub’s limit', () => {
  const big = (changes: Partial<AssertionResult>, times: number, more: Partial<Report> = {}): Report => {
    const report = sampleReport(noErrors);
    const one = { ...failing(report), ...changes };
    return { ...report, ...more, assertions: Array.from({ length: times }, (_, index) => ({ ...one, id: `${one.id}-${index}` })) };
  };
  const cases: [name: string, report: () => Report][] = [
    ['five thousand failures', () => big({}, 5000)],
    ['failures of wide characters', () => big({ seen: '界'.repeat(100_000), reason: '🕸'.repeat(100_000) }, 900)],
    ['failures of characters that are escaped', () => big({ seen: '<'.repeat(100_000) }, 900)],
    ['one endless answer', () => big({ seen: 'x'.repeat(20_000_000) }, 1)],
    ['thousands of skips', () => big({ verdict: 'skip', reason: 'r'.repeat(900) }, 20_000)],
    ['endless warnings', () => big({}, 1, { warnings: Array.from({ length: 9000 }, () => 'w'.repeat(5000)) })],
    ['endless reasons to be incomplete', () => big({}, 1, { result: 'incomplete', incompleteBecause: Array.from({ length: 9000 }, () => 'w'.repeat(5000)) })],
    ['an endless name', () => { const report = sampleReport(); return { ...report, mesh: { ...report.mesh, name: '<'.repeat(3 * mebibyte) } }; }],
  ];
  test.each(cases)('%s', (_name, report) => {
    const text = toSummary(report());
    expect(Buffer.byteLength(text)).toBeLessThan(900 * 1024);
    expect(text.isWellFormed()).toBe(true);
    expect(count(text, '<details>')).toBe(count(text, '</details>'));
  });
  test('what is cut is said', () => {
    const text = toSummary(big({}, 5000));
    const [, lost, of] = /> (\d+) of (\d+) failures, and what would come after them, are left out here/.exec(text) ?? [];
    expect(Number(of)).toBe(5000);
    expect(Number(lost) + count(text, '<details>')).toBe(5000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(850 * 1024);
  });
  test('nothing is cut where there is room', () => expect(toSummary(sampleReport())).not.toContain('left out here'));
});

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function unescaped(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', amp: '&' };
  return text.replaceAll(/&(?:#(\d+)|(\w+));/g, (all, code: string | undefined, name: string) => (code ? String.fromCharCode(Number(code)) : (named[name] ?? all)));
}

function never(): never {
  throw new Error('the sample has no failure');
}
