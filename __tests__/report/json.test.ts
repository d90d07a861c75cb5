import { describe, expect, test } from '@jest/globals';
import { toJson } from '../../src/report/index.ts';
import { sampleReport } from './sample.ts';

describe('toJson', () => {
  const report = sampleReport();

  test('is the report', () => {
    expect(JSON.parse(toJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
    expect(JSON.parse(toJson({ ...report, assertions: [] }))).toMatchObject({ assertions: [], run: { id: report.run.id } });
  });

  test('has each assertion on a line of its own', () => {
    const lines = toJson(report).split('\n');
    for (const { id, version } of report.assertions) {
      const own = lines.filter((line) => line.startsWith('    {"id"') && line.includes(`"id":"${id}"`) && line.includes(`"version":"${version}"`));
      expect(own).toHaveLength(1);
      expect(JSON.parse((own[0] as string).replace(/,$/, ''))).toMatchObject({ id, version });
    }
  });
});
