import { expect, jest, test } from '@jest/globals';
import { runEmbedded, sound } from '../../scripts/embedded.ts';
import { verdictsOf } from './verdicts.ts';

jest.setTimeout(300_000);

test('the reference mesh itself fails nothing of the whole suite', async () => {
  const report = await runEmbedded();
  expect(Object.entries(verdictsOf(report)).filter(([, verdict]) => !sound.has(verdict))).toEqual([]);
  expect({ complete: report.complete, because: report.incompleteBecause, result: report.result }).toEqual({ complete: true, because: [], result: 'passed' });
  expect(report.statistics.falseFailure).toBeLessThan(1e-4);
});
