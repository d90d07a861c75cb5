import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { annotate } from '../../src/action/annotate.ts';
import { publish } from '../../src/action/publish.ts';
import { summaryLimit, writeSummary } from '../../src/action/summary.ts';
import type { Runner } from '../../src/action/toolkit.ts';
import type { Outcome } from '../../src/conformance.ts';
import type { CarriedOut } from '../../src/door/carry-out.ts';
import { ConformanceError } from '../../src/model/errors.ts';
import { allGood, sampleReport } from '../report/sample.ts';
import { noteTaker } from './toolkit.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smi-action-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const runner = (summaryFile?: string): Runner => ({ workspace: folder, stateDirectory: join(folder, 'state'), summaryFile, kubeconfig: undefined, home: folder, secrets: {}, github: { action: {} }, environment: {} });
const ended = (outcome: Outcome, said: CarriedOut['said'] = []): CarriedOut => ({ outcome, said });
const files = { report: '/srv/results/report.json' };

describe('a run with a report', () => {
  test('of a mesh that passed: table, outputs and summary, and nothing that fails', async () => {
    const { toolkit, outputs, told } = noteTaker();
    const summary = join(folder, 'passed.md');
    const report = sampleReport(allGood);
    await publish(toolkit, runner(summary), ended({ exitCode: 0, files, report }));
    expect(outputs).toMatchObject({ result: 'passed', report: '/srv/results/report.json', passed: String(report.summary.pass), failed: '0', traffic_split_compliance: 'passed', traffic_metrics_capability: 'none', traffic_metrics_compliance: 'not-applicable' });
    expect(told('error')).toEqual([]);
    expect(told('setFailed')).toEqual([]);
    expect(told('info').join('\n')).toContain('traffic-split/weighted-75-25');
    expect(await readFile(summary, 'utf8')).toContain(report.mesh.name);
  });

  test('of a mesh that failed: each failure is an annotation with assertion, requirement, expected and seen', async () => {
    const { toolkit, told, outputs } = noteTaker();
    const report = sampleReport();
    const failed = report.assertions.filter(({ verdict, level }) => verdict === 'fail' && level === 'must');
    expect(failed.length).toBeGreaterThan(0);
    await publish(toolkit, runner(), ended({ exitCode: 1, files, report }));
    for (const { id, requirement, expected = '', seen = '' } of failed) {
      const annotation = told('error').find((text) => text.includes(id));
      expect(annotation).toContain(requirement.text);
      // What strangers wrote is made plain further on in the text.
      expect(annotation).toContain(`expected: ${expected.slice(0, 30)}`);
      expect(annotation).toContain(`seen: ${seen.slice(0, 30)}`);
    }
    expect(told('setFailed')).toHaveLength(1);
    expect(outputs['failed']).toBe(String(report.summary.fail));
  });
});

describe('a run without one', () => {
  test('fails with code and remedy; the stack is for the debug log', async () => {
    const { toolkit, told, said, outputs } = noteTaker();
    const error = new ConformanceError('NO_KUBECONFIG', 'There is none. Give one.', { cause: new Error('ENOENT') });
    await publish(toolkit, runner(), ended({ exitCode: 2, files: {}, error }));
    expect(told('setFailed')).toEqual(['NO_KUBECONFIG: There is none. Give one.']);
    expect(outputs).toEqual({ result: 'incomplete' });
    expect(said.filter((line) => line.includes('    at ')).map((line) => line.split(':')[0])).toEqual(['debug']);
  });
});

describe('annotations', () => {
  test('those that GitHub would drop are counted in the last one', () => {
    const { toolkit, told } = noteTaker();
    annotate(toolkit, Array.from({ length: 30 }, (_, index) => ({ title: `failure ${index}`, message: 'seen', level: 'error' as const })));
    // The message that fails the step is the tenth.
    expect(told('error')).toHaveLength(9);
    expect(told('error').at(-1)).toContain('22 more');
  });

  test('what does not fail the run is a warning', () => {
    const { toolkit, told } = noteTaker();
    annotate(toolkit, [{ title: 'a should', message: 'seen', level: 'warning' }, { title: 'a must', message: 'seen', level: 'error' }]);
    expect(told('warning')).toEqual(['[a should] seen']);
    expect(told('error')).toEqual(['[a must] seen']);
  });
});

describe('the job summary', () => {
  test('is added to what earlier steps wrote', async () => {
    const file = join(folder, 'summary.md');
    await writeFile(file, 'before\n');
    await writeSummary(noteTaker().toolkit, file, 'after\n');
    expect(await readFile(file, 'utf8')).toBe('before\nafter\n');
  });

  test('is left out, with a warning, where it would pass the limit with what is there', async () => {
    const file = join(folder, 'full.md');
    await writeFile(file, 'x'.repeat(summaryLimit - 3));
    const { toolkit, told } = noteTaker();
    await writeSummary(toolkit, file, 'four');
    expect(told('warning')).toHaveLength(1);
    expect(await readFile(file, 'utf8')).toHaveLength(summaryLimit - 3);
  });

  test('that cannot be written is a warning', async () => {
    const { toolkit, told } = noteTaker();
    await writeSummary(toolkit, join(folder, 'missing/summary.md'), 'text');
    expect(told('warning').join()).toContain('could not be written');
  });
});
