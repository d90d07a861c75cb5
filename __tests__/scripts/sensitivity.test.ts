import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isScored, problemsOf, type Row, textOf } from '../../scripts/sensitivity/matrix.ts';
import type { Assertion } from '../../src/model/assertion.ts';
import { type Fault, faults as ours } from '../../src/reference/faults/index.ts';
import { loadSuite } from '../../src/suite/index.ts';

const fault = (name: string, kills: string[], mayAffect: string[] = []): Fault => ({ name, row: '1', title: `Is ${name}`, seam: 'authorise', kills, mayAffect, apply: (decisions) => decisions });
const assertion = (id: string, level = 'must'): Assertion => ({ id, requirement: { level } }) as unknown as Assertion;
const row = (name: string, changed: Partial<Row>): Row => ({ fault: name, failed: [], inconclusive: [], partial: [], errors: [], ...changed });
const faults = [fault('open', ['traffic-access/deny'], ['traffic-specs/*'])];
const assertions = [assertion('traffic-access/deny'), assertion('traffic-access/looked-at', 'info')];

describe('what a matrix must show', () => {
  test('a wrong behaviour that is caught, and changes what it may', () => {
    expect(problemsOf([row('open', { failed: ['traffic-access/deny'], inconclusive: ['traffic-specs/path'] })], faults, { assertions })).toEqual([]);
  });

  test.each<[string, Row[], string]>([
    ['one that was not run', [], 'open: not run'],
    ['one that nothing catches', [row('open', {})], 'open: nothing failed, in part or whole'],
    ['one that an assertion it names does not catch', [row('open', { failed: ['traffic-specs/path'] })], 'open: not caught by traffic-access/deny'],
    ['a change outside its reach', [row('open', { failed: ['traffic-access/deny'], partial: ['traffic-split/even'] })], 'open: changed traffic-split/even, which is outside its reach'],
    ['an error, which is never a mesh’s', [row('open', { failed: ['traffic-access/deny'], errors: ['traffic-split/even'] })], 'open: could not be judged: traffic-split/even'],
    ['a scored assertion that nothing makes fail', [row('open', { inconclusive: ['traffic-access/deny'] })], 'nothing makes these fail: traffic-access/deny'],
  ])('not %s', (_what, rows, problem) => {
    expect(problemsOf(rows, faults, { assertions })).toContain(problem);
  });
});

test('the document says by what each scored assertion is made to fail, and of which suite', () => {
  const text = textOf([row('open', { failed: ['traffic-access/deny'], inconclusive: ['traffic-specs/path'] })], faults, { assertions, digest: 'sha256:abc', version: '1.2.3' });
  expect(text).toContain('Suite 1.2.3, digest `sha256:abc`. 1 wrong behaviours; 1 scored assertions.');
  expect(text).toContain('| `open` | 1 | Is open | `traffic-access/deny` | 1 |');
  expect(text).toContain('| `traffic-access/deny` | must | `open` |');
  expect(text).not.toContain('looked-at');
});

test('docs/sensitivity.md is of this suite and these wrong behaviours: after a change, npm run sensitivity', async () => {
  const root = join(import.meta.dirname, '../..');
  const [suite, text] = await Promise.all([loadSuite(join(root, 'assertions')), readFile(join(root, 'docs/sensitivity.md'), 'utf8')]);
  expect(text).toContain(`Suite ${suite.version}, digest \`${suite.digest}\`. ${ours.length} wrong behaviours;`);
  const tableOf = (heading: string): string[][] => (text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split('|').map((cell) => cell.trim()));
  const [byFault, byAssertion] = [tableOf('By wrong behaviour'), tableOf('By assertion')];
  expect(byFault.map(([, name]) => name)).toEqual(ours.map(({ name }) => `\`${name}\``));
  const scored = suite.assertions.filter(isScored);
  expect(byAssertion.map(([, id]) => id)).toEqual(scored.map(({ id }) => `\`${id}\``));
  // Each is caught by something, and made to fail by something.
  expect([...byFault.filter((cells) => !cells[4]?.includes('`')), ...byAssertion.filter((cells) => !cells[3]?.includes('`'))]).toEqual([]);
});
