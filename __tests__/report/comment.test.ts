import { expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { toComment } from '../../src/report/index.ts';
import { sampleReport } from './sample.ts';

const limit = 65_000;
const facts = { bytes: limit, url: 'https://github.com/octo/mesh/actions/runs/5', commit: 'abcdef0123456789', artifact: 'smi-conformance-osm', signed: true };

/** A report in which everything that a mesh can say is as long as it gets. */
function endless(text: string): Report {
  const report = sampleReport();
  return { ...report, warnings: Array.from({ length: 50 }, () => text), assertions: report.assertions.map((result) => ({ ...result, verdict: 'fail', reason: text, expected: text, seen: text })) };
}

test('has the summary, and where it comes from below it', () => {
  const text = toComment(sampleReport(), facts);
  expect(text).toMatch(/^## .*SMI conformance: /);
  expect(text).toContain('All ');
  expect(text.trimEnd().split('\n').at(-1)).toBe('[this run](https://github.com/octo/mesh/actions/runs/5) · commit abcdef012345 · files: artifact <code>smi-conformance-osm</code> · signed');
});

test.each([['words', 'word '.repeat(500)], ['what is longer once it calls nobody', '@a #1 '.repeat(500)], ['letters of many bytes', 'ж'.repeat(2000)]])('stays within the limit with %s', (_what, text) => {
  const comment = toComment(endless(text), facts);
  expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(limit);
  expect(Buffer.byteLength(comment)).toBeGreaterThan(limit / 2);
  expect(comment).toContain('left out here: a comment has to stay short');
  expect(comment).toContain('[this run]');
  // Nothing is cut in its middle: what follows would be inside of it.
  expect(comment.split('<details>').length).toBe(comment.split('</details>').length);
});

test('where not even the beginning fits, it is the word alone', () => {
  const comment = toComment(sampleReport(), { ...facts, bytes: 400 });
  expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(400);
  expect(comment).toContain('[this run]');
});

test('calls nobody, and no issue', () => {
  const comment = toComment(endless('ask @octocat about octo/mesh#1 and https://github.com/octo/mesh/issues/2'), facts);
  expect(comment).toContain('&#64;&#8203;octocat');
  expect(comment).toContain('&#35;&#8203;1');
  expect(comment).not.toMatch(/@\w|#\d+(?!\d*;)|https:\/\/github\.com\/octo\/mesh\/issues/);
});
