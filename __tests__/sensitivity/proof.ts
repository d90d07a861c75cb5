import { createHash } from 'node:crypto';
import { matchesGlob } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { type Fault, faults } from '../../src/reference/faults/index.ts';
import { loadSuite } from '../../src/suite/index.ts';
import { eachOf } from '../../scripts/each-of.ts';
import { assets, runEmbedded, sound } from '../../scripts/embedded.ts';
import { verdictsOf } from './verdicts.ts';

/** How many of the assertions that a fault does not name are run beside those that it does; the whole matrix is `npm run sensitivity`. */
const sampleSize = 5;

let suite: ReturnType<typeof loadSuite> | undefined;

/** Runs wait most of their time, so several go on at once. */
const atOnce = 4;

/** Proves one part in `of` of the faults; the parts run side by side. */
export function proveFaults(part: number, of: number): void {
  const mine = faults.filter((_, index) => index % of === part);
  const reports = new Map<string, Report | Error>();
  // All of them in the hook: between two tests nothing may go on, since what is imported then is refused.
  beforeAll(async () => {
    await eachOf(mine, atOnce, async (fault) => void reports.set(fault.name, await reportOf(fault)));
  }, 1_200_000);

  test.each(mine.map((fault) => [fault.name, fault] as const))('%s is caught by the assertions that it names, and changes nothing outside its reach', (name, fault) => {
    const report = reports.get(name);
    if (report === undefined || report instanceof Error) throw new Error(`there is no report of ${name}`, { cause: report });
    const changed = Object.entries(verdictsOf(report)).filter(([, verdict]) => !sound.has(verdict));
    const allowed = [...fault.kills, ...fault.mayAffect];
    expect(report.assertions.filter(({ verdict }) => verdict === 'error').map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    expect(changed.filter(([key]) => !allowed.some((pattern) => matchesGlob(idOf(key), pattern)))).toEqual([]);
    // Not one of them or another: each assertion that the fault names catches it.
    expect([...new Set(changed.map(([key]) => idOf(key)).filter((id) => fault.kills.includes(id)))].sort()).toEqual([...fault.kills].sort());
  });
}

async function reportOf(fault: Fault): Promise<Report | Error> {
  try {
    return await runEmbedded({ fault: fault.name, only: (await chosenFor(fault)).join(',') });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function chosenFor({ name, kills }: Fault): Promise<string[]> {
  const { assertions } = await (suite ??= loadSuite(`${assets}/assertions`));
  const rank = (id: string): string => createHash('sha256').update(`${name} ${id}`).digest('hex');
  const others = assertions.map(({ id }) => id).filter((id) => !kills.includes(id));
  // The same few for the same fault, others for another: over all faults, most assertions are drawn.
  return [...kills, ...others.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, sampleSize)];
}

function idOf(key: string): string {
  return key.slice(0, key.lastIndexOf('@'));
}
