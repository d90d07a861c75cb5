import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { load } from 'js-yaml';
import type { Report } from '../../src/model/report.ts';
import { type Built, buildProgram } from './built.ts';
import { openChild } from './child.ts';

jest.setTimeout(120_000);

let program: Built;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(async () => program[Symbol.asyncDispose]());

const quick = ['run', '--cluster', 'embedded', '--only', 'traffic-split/crd-trafficsplit'];

async function reportIn(folder: string): Promise<Report> {
  return JSON.parse(await readFile(join(folder, 'results/report.json'), 'utf8')) as Report;
}

describe('run on the embedded cluster', () => {
  test('prints the table on stdout and progress on stderr, and writes the files', async () => {
    await using cli = await openChild(program.cli);
    const { status, stdout, stderr } = await cli.run(...quick);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stdout).toContain('traffic-split/crd-trafficsplit');
    expect(stdout).not.toContain('connecting');
    expect(stderr).toContain('connecting to the cluster');
    expect(stderr).toContain(`report: ${join(cli.folder, 'results/report.json')}`);
    expect(stdout + stderr).not.toContain('\u001B');
    expect((await reportIn(cli.folder)).run.only).toEqual(['traffic-split/crd-trafficsplit']);
  });

  test('stdout holds nothing but the format that was asked for', async () => {
    await using cli = await openChild(program.cli);
    const json = await cli.run(...quick, '--format', 'json');
    expect(JSON.parse(json.stdout)).toEqual(await reportIn(cli.folder));
    const yaml = await cli.run(...quick, '--format', 'yaml', '--output', 'elsewhere');
    expect(load(yaml.stdout)).toMatchObject({ schemaVersion: 1 });
    expect(await readFile(join(cli.folder, 'elsewhere/report.yaml'), 'utf8')).toBe(yaml.stdout);
  });

  test('serves the SMI versions that were asked for, and runs what applies to them', async () => {
    await using cli = await openChild(program.cli);
    expect(await cli.run('run', '--cluster', 'embedded', '--smi-versions', 'access=v1alpha1,specs=v1alpha2,split=v1alpha1+v1alpha3,metrics=none', '--only', '*/crd-*')).toMatchObject({ status: 0 });
    const { served, assertions, suite } = await reportIn(cli.folder);
    expect(served.map(({ group, version }) => `${group}/${version}`)).toEqual(['access.smi-spec.io/v1alpha1', 'specs.smi-spec.io/v1alpha2', 'split.smi-spec.io/v1alpha1', 'split.smi-spec.io/v1alpha3']);
    expect(suite.smiRelease).toBe('v0.4.0');
    expect(assertions.filter(({ verdict }) => verdict === 'pass').map(({ id, version }) => `${id}@${version}`)).toEqual(['traffic-access/crd-traffictarget@v1alpha1', 'traffic-specs/crd-httproutegroup@v1alpha2', 'traffic-specs/crd-tcproute@v1alpha2', 'traffic-split/crd-trafficsplit@v1alpha1', 'traffic-split/crd-trafficsplit@v1alpha3']);
  });

  test('a mesh that fails ends with 1, or with 0 where nothing is to fail', async () => {
    await using cli = await openChild(program.cli);
    const { faults } = await import('../../src/reference/faults/index.ts');
    const fault = faults.find(({ kills }) => kills.some((id) => id.startsWith('traffic-split/')));
    if (fault === undefined) throw new Error('no fault fails a split');
    const only = fault.kills.filter((id) => id.startsWith('traffic-split/')).slice(0, 1).join();
    const wrong = ['run', '--cluster', 'embedded', '--fault', fault.name, '--only', only];
    expect(await cli.run(...wrong)).toMatchObject({ status: 1 });
    expect((await reportIn(cli.folder)).run.fault).toBe(fault.name);
    expect(await cli.run(...wrong, '--fail-on', 'never')).toMatchObject({ status: 0 });
  });

  test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s ends it with %d and an incomplete report', async (signal, status) => {
    await using cli = await openChild(program.cli);
    const { process: child, ended } = cli.start('run', '--cluster', 'embedded');
    const isUnderWay = (text: string): void => {
      if (!text.includes('traffic-')) return;
      child.stderr?.off('data', isUnderWay);
      child.kill(signal);
    };
    child.stderr?.on('data', isUnderWay);
    const { status: seen, stderr } = await ended;
    expect({ seen, stderr }).toMatchObject({ seen: status });
    expect(stderr).not.toContain('    at ');
    expect(await reportIn(cli.folder)).toMatchObject({ complete: false, result: 'incomplete', incompleteBecause: expect.arrayContaining([expect.stringContaining(signal)]) });
  });
});
