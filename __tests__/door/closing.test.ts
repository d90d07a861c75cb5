import { expect, test } from '@jest/globals';
import { closingOf } from '../../src/door/closing.ts';
import { allGood, noErrors, sampleReport } from '../report/sample.ts';

test('names the mesh, its version and the result', () => {
  expect(closingOf(sampleReport(allGood))).toMatch(/^Open Service Mesh v1\.2\.4: passed: /);
  expect(closingOf(sampleReport(noErrors))).toMatch(/^Open Service Mesh v1\.2\.4: failed: /);
});

test('a version that is not known is left out', () => {
  const report = sampleReport(allGood);
  expect(closingOf({ ...report, mesh: { ...report.mesh, version: 'unknown' } })).toMatch(/^Open Service Mesh: passed: /);
});

test('an incomplete report does not hide what failed', () => {
  const report = sampleReport();
  expect(report.result).toBe('incomplete');
  expect(closingOf(report)).toContain(`${report.summary.fail} failed and ${report.summary.inconclusive} inconclusive`);
});
