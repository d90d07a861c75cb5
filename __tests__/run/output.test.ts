import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { conform } from '../../src/conformance.ts';
import { toRequest } from '../../src/door/request.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { openOutput } from '../../src/run/output.ts';
import { allGood, sampleReport } from '../report/sample.ts';

let folder: string;
const saved: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smi-output-'));
});
afterEach(async () => {
  await Promise.all([folder, ...saved.splice(0)].map((one) => rm(one, { recursive: true, force: true })));
});

const report = sampleReport(allGood);
const event: RunEvent = { at: 1, type: 'notice', level: 'info', message: 'something' };

/** A file on a disk on which there is no room: the system itself refuses each byte. */
async function full(file: string): Promise<void> {
  await symlink('/dev/full', join(folder, file));
}
/** What is renamed to the file once it is whole. */
const temporary = (file: string): string => `${file}.${process.pid}.tmp`;

test('everything is written, and what the run told as it happened', async () => {
  const output = openOutput(folder);
  output.record(event);
  const { files, error } = await output.write(report);
  output.close();
  expect(error).toBeUndefined();
  expect(Object.keys(files).toSorted()).toEqual(['badge', 'events', 'junit', 'report', 'summary', 'yaml']);
  expect(await readFile(files['events'] ?? '', 'utf8')).toBe(`${JSON.stringify(event)}\n`);
  expect(JSON.parse(await readFile(files['report'] ?? '', 'utf8'))).toEqual(report);
});

// Other systems have no such device.
const onLinux = existsSync('/dev/full') ? describe : describe.skip;
onLinux('where the disk is full', () => {
  test('the report is saved elsewhere, and everything that fits is there', async () => {
    await full(temporary('report.json'));
    const output = openOutput(folder);
    const { files, error } = await output.write(report);
    output.close();
    saved.push(dirname(files['report'] ?? folder));
    expect(error).toMatchObject({ code: 'WRITE_FAILED', message: expect.stringMatching(/^not written to .*: report\.json: .*ENOSPC.*saved as (.*report\.json)\. Make room/) });
    expect(files['report']?.startsWith(folder)).toBe(false);
    expect(JSON.parse(await readFile(files['report'] ?? '', 'utf8'))).toEqual(report);
    expect((await readdir(folder)).toSorted()).toEqual(['badge.json', 'events.ndjson', 'junit.xml', 'report.yaml', 'summary.md']);
  });

  test('one rendering that does not fit keeps no other from being written, and an old one is gone', async () => {
    const first = openOutput(folder);
    await first.write(report);
    first.close();
    await full(temporary('junit.xml'));
    const output = openOutput(folder);
    const { files, error } = await output.write(report);
    output.close();
    expect(error?.message).toMatch(/not written to .*: junit\.xml: .*ENOSPC.*Everything else is there/);
    expect(files).toMatchObject({ report: join(folder, 'report.json'), badge: join(folder, 'badge.json') });
    expect(files).not.toHaveProperty('junit');
    expect((await readdir(folder)).filter((name) => name.startsWith('junit'))).toEqual([]);
  });

  test('events that cannot be written end no run, and are told', async () => {
    await full('events.ndjson');
    const output = openOutput(folder);
    output.record(event);
    output.record(event);
    const { files, error } = await output.write(report);
    output.close();
    expect(error?.message).toMatch(/: events\.ndjson: .*ENOSPC/);
    expect(files['report']).toBe(join(folder, 'report.json'));
  });

  test('a run ends with its report, its verdicts and the status of one that could not be completed', async () => {
    await full(temporary('report.json'));
    const request = toRequest({ cluster: 'embedded', only: 'traffic-split/crd-trafficsplit', output_directory: folder }, { label: (name) => name, directory: folder, home: folder, confined: false, kubeconfig: undefined });
    const outcome = await conform(request, { sinks: [], signal: new AbortController().signal, stateDirectory: join(folder, 'state'), assets: join(import.meta.dirname, '../..') });
    saved.push(dirname(outcome.files['report'] ?? folder));
    expect(outcome).toMatchObject({ exitCode: 3, error: { code: 'WRITE_FAILED' }, report: { summary: { pass: expect.any(Number) } } });
    expect(JSON.parse(await readFile(outcome.files['report'] ?? '', 'utf8'))).toEqual(outcome.report);
  }, 60_000);
});
