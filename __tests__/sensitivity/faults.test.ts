import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { matchesGlob } from 'node:path';
import { faults } from '../../src/reference/faults/index.ts';
import { runEmbedded, verdictsOf } from './embedded.ts';

jest.setTimeout(300_000);

/** Verdicts by which a wrong mesh is caught. */
const caught = new Set(['fail', 'inconclusive']);
const idOf = (key: string): string => key.slice(0, key.lastIndexOf('@'));

/** How many of the assertions that a fault does not name are run beside those that it does; the whole matrix is `npm run sensitivity`. */
const sampleSize = 6;

describe('every wrong behaviour that the reference mesh can show', () => {
  let right: Record<string, string>;
  beforeAll(async () => {
    right = verdictsOf(await runEmbedded());
  });

  test('the reference mesh itself fails nothing', () => {
    expect(Object.entries(right).filter(([, verdict]) => !['pass', 'skip', 'info'].includes(verdict))).toEqual([]);
  });

  test.each(faults.map((fault) => [fault.name, fault] as const))('%s is caught by the assertions that it names, and changes nothing outside its reach', async (name, { kills, mayAffect }) => {
    const others = Object.keys(right).map(idOf).filter((id) => !kills.includes(id));
    const report = await runEmbedded({ fault: name, only: [...kills, ...sampleOf([...new Set(others)], name)] });
    const changed = Object.entries(verdictsOf(report)).filter(([key, verdict]) => verdict !== right[key]);
    const killed = changed.filter(([key, verdict]) => kills.includes(idOf(key)) && caught.has(verdict)).map(([key]) => idOf(key));
    // Not one of them or another: each assertion that the fault names catches it.
    expect([...new Set(killed)].sort()).toEqual([...kills].sort());
    const allowed = [...kills, ...mayAffect];
    expect(changed.filter(([key]) => !allowed.some((pattern) => matchesGlob(idOf(key), pattern)))).toEqual([]);
    expect(report.assertions.filter(({ verdict }) => verdict === 'error').map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
  });
});

/** The same few for the same name, others for another: over all faults, most assertions are drawn. */
function sampleOf(ids: readonly string[], seed: string): string[] {
  const rank = (id: string): string => createHash('sha256').update(`${seed} ${id}`).digest('hex');
  return ids.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, sampleSize);
}
