import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { matchesGlob } from 'node:path';
import { faults } from '../../src/reference/faults/index.ts';
import { runEmbedded, verdictsOf } from './embedded.ts';

jest.setTimeout(180_000);

/** Verdicts by which a wrong mesh is caught. */
const caught = new Set(['fail', 'inconclusive']);
const idOf = (key: string): string => key.slice(0, key.lastIndexOf('@'));

describe('every wrong behaviour that the reference mesh can show', () => {
  let right: Record<string, string>;
  beforeAll(async () => {
    right = verdictsOf(await runEmbedded());
  });

  test('the reference mesh itself passes everything', () => {
    expect(Object.entries(right).filter(([, verdict]) => verdict !== 'pass')).toEqual([]);
  });

  test.each(faults.map((fault) => [fault.name, fault] as const))('%s is caught by the assertions that its row names, and changes nothing else', async (_name, fault) => {
    const report = await runEmbedded(fault.name);
    const changed = Object.entries(verdictsOf(report)).filter(([key, verdict]) => verdict !== right[key]);
    const killed = changed.filter(([key, verdict]) => fault.kills.includes(idOf(key)) && caught.has(verdict)).map(([key]) => idOf(key));
    // Not one of them or another: each assertion that the row names catches it.
    expect([...new Set(killed)].sort()).toEqual([...fault.kills].sort());
    const allowed = [...fault.kills, ...fault.mayAffect];
    expect(changed.filter(([key]) => !allowed.some((pattern) => matchesGlob(idOf(key), pattern)))).toEqual([]);
    expect(report.assertions.filter(({ verdict }) => verdict === 'error').map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    expect(report.result).toBe('failed');
  });
});
