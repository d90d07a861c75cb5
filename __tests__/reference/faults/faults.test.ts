import { readdirSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { correctDecisions } from '../../../src/reference/dataplane/index.ts';
import type { Decisions } from '../../../src/reference/dataplane/index.ts';
import { faults, findFault } from '../../../src/reference/faults/index.ts';

const root = join(import.meta.dirname, '../../..');
const known = readdirSync(join(root, 'assertions'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml')).map((path) => path.slice(0, -'.yaml'.length));
const files = readdirSync(join(root, 'src/reference/faults')).map((file) => file.slice(0, -'.ts'.length));

describe.each(faults.map((fault) => [fault.name, fault] as const))('the fault %s', (name, fault) => {
  test('has a file of its name, and is found by it', () => {
    expect(files).toContain(name);
    expect(findFault(name)).toBe(fault);
  });

  test('replaces one decision, or two that belong together, and leaves the given ones alone', () => {
    const before = { ...correctDecisions };
    const wrong = fault.apply(correctDecisions);
    const replaced = (Object.keys(wrong) as (keyof Decisions)[]).filter((key) => wrong[key] !== correctDecisions[key]);
    expect([1, 2]).toContain(replaced.length);
    expect(Object.keys(wrong).sort()).toEqual(Object.keys(before).sort());
    expect(correctDecisions).toEqual(before);
  });

  test('stays a mesh where an expression cannot be read', () => {
    const { pathMatcher, headerMatcher } = fault.apply(correctDecisions);
    for (const broken of ['/([', '/a|(', '[']) expect([typeof pathMatcher(broken)('/x'), typeof headerMatcher(broken)('x')]).toEqual(['boolean', 'boolean']);
  });

  test('is caught by assertions of the suite, and says of none that it only may affect it', () => {
    expect(fault.kills.length).toBeGreaterThan(0);
    expect([...fault.kills, ...fault.mayAffect].filter((id) => !known.some((one) => matchesGlob(one, id)))).toEqual([]);
    expect(fault.mayAffect.filter((id) => fault.kills.includes(id))).toEqual([]);
    expect(new Set(fault.mayAffect).size).toBe(fault.mayAffect.length);
  });
});

test('there is one for each row of the catalogue that the first suite can notice', () => {
  const rows = [...new Set(faults.map(({ row }) => row))].filter((row) => row !== '+');
  expect(rows.toSorted((one, other) => Number(one) - Number(other))).toEqual([
    '1', '2', '3', '4', '5', '7', '8', '9', '10', '11', '13', '14', '15', '16', '17', '18', '20', '22', '23', '25', '26', '28', '29', '30', '31', '32', '33', '35', '36', '37', '38', '39', '41', '43', '44', '45', '46', '47', '49', '51', '52', '55', '56', '58', '59', '60', '62',
  ]);
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
});

test('a name that no fault has finds none', () => {
  expect(findFault('no-such-fault')).toBeUndefined();
});
