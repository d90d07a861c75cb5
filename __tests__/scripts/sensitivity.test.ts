import { describe, expect, test } from '@jest/globals';
import { problemsOf, type Row, textOf } from '../../scripts/sensitivity/matrix.ts';
import type { Assertion } from '../../src/model/assertion.ts';
import type { Fault } from '../../src/reference/faults/index.ts';

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
    ['one that nothing catches', [row('open', {})], 'open: nothing failed'],
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
