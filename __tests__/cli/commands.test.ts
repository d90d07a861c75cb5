import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { load } from 'js-yaml';
import { version } from '../../src/door/version.ts';
import { openJournal } from '../../src/journal/index.ts';
import type { Report } from '../../src/model/report.ts';
import { toJson } from '../../src/report/index.ts';
import { loadSuite } from '../../src/suite/index.ts';
import { allGood, sampleReport } from '../report/sample.ts';
import { openChild } from './child.ts';
import { useProgram } from './program.ts';

jest.setTimeout(120_000);

const root = join(import.meta.dirname, '../..');
const { cli, program } = useProgram();

describe('help', () => {
  test.each(['run', 'list', 'lint', 'report', 'verify', 'upload', 'publish', 'meshes', 'cleanup'])('%s --help', async (command) => {
    const { status, stdout, stderr } = await cli.run(command, '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`Usage: smi-conformance ${command}`);
  });

  test('--version', async () => {
    expect(await cli.run('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
  });

  test('run has every input of the action as an option, but for what only a workflow has, and says the statuses', async () => {
    const { factOf, inputNames } = await import('../../src/door/inputs.ts');
    const { stdout } = await cli.run('run', '--help');
    for (const name of inputNames) expect({ name, isOption: stdout.includes(`--${name.replaceAll('_', '-')} <`) }).toEqual({ name, isOption: factOf(name).only === undefined });
    // Arguments can be read by others on the machine.
    expect(stdout).not.toContain('--provider-token');
    expect(stdout).toContain('$SMI_CONFORMANCE_PROVIDER_TOKEN');
    expect((await cli.run('--help')).stdout).toMatch(/Exit status:[^]*0 [^]*1 [^]*2 [^]*3 [^]*130 [^]*143/);
  });
});

describe('list', () => {
  test('--json has each assertion of the suite with specification, versions, level and kind', async () => {
    const rows = JSON.parse((await cli.run('list', '--json')).stdout) as Record<string, unknown>[];
    const rooms = (await readdir(join(root, 'assertions'))).filter((name) => name.startsWith('traffic-'));
    const files = await Promise.all(rooms.map(async (room) => (await readdir(join(root, 'assertions', room))).map((name) => `${room}/${name.replace(/\.yaml$/, '')}`)));
    expect(rows.map(({ id }) => id).toSorted()).toEqual(files.flat().toSorted());
    const assertion = load(await readFile(join(root, 'assertions/traffic-split/weighted-75-25.yaml'), 'utf8')) as { requirement: { versions: string[]; level: string }; kind: string };
    expect(rows.find(({ id }) => id === 'traffic-split/weighted-75-25')).toMatchObject({ specification: 'traffic-split', versions: assertion.requirement.versions, level: assertion.requirement.level, kind: assertion.kind });
  });

  test('is a line for each without --json', async () => {
    const { stdout } = await cli.run('list');
    expect(stdout).toMatch(/^traffic-split\/weighted-75-25 +traffic-split +v1alpha1,.* +must +capability +/m);
  });

  test('--faults has the faults that run takes', async () => {
    const { faults } = await import('../../src/reference/faults/index.ts');
    const rows = JSON.parse((await cli.run('list', '--faults', '--json')).stdout) as { name: string }[];
    expect(rows.map(({ name }) => name)).toEqual(faults.map(({ name }) => name));
  });

  test('a reader that goes away early is no crash', async () => {
    const { process: child, ended } = cli.start('list');
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ status: 0, stderr: '' });
  });
});

test('meshes --json has the definitions', async () => {
  const rows = JSON.parse((await cli.run('meshes', '--json')).stdout) as { id: string; aliases: string[]; status: string }[];
  const files = (await readdir(join(root, 'meshes'))).filter((name) => name.endsWith('.yaml')).map((name) => name.replace(/\.yaml$/, ''));
  expect(rows.map(({ id }) => id).toSorted()).toEqual(files.toSorted());
  expect(rows.find(({ id }) => id === 'osm')).toMatchObject({ name: 'Open Service Mesh', status: 'supported' });
  expect((await cli.run('meshes')).stdout).toMatch(/^osm +supported +Open Service Mesh/m);
});

test('lint finds no problem in what comes with the program', async () => {
  expect(await cli.run('lint')).toMatchObject({ status: 0, stdout: '' });
});

describe("lint, of a user's mesh definitions", () => {
  const file = (): string => join(cli.folder, 'own/mesh.yaml');
  const lint = async (text: string, ...paths: string[]) => {
    await mkdir(dirname(file()), { recursive: true });
    await writeFile(file(), text);
    return cli.run('lint', ...(paths.length > 0 ? paths : [file()]));
  };

  test('takes one that extends a known mesh, whatever its name, and a folder of such', async () => {
    expect(await lint('extends: osm\ninstall: { parts: { mesh: { helm: { values: { osm: { enableEgress: true } } } } } }\n')).toMatchObject({ status: 0, stdout: '' });
    expect(await lint('extends: osm\n', dirname(file()))).toMatchObject({ status: 0, stdout: '' });
  });

  test('says where one is wrong, in a file and in a folder', async () => {
    const wrong = 'extends: osm\ninstall: { part: {} }\n';
    for (const path of [file(), dirname(file())]) expect(await lint(wrong, path)).toMatchObject({ status: 2, stdout: expect.stringMatching(/mesh\.yaml:2:12 \/install: unknown field "part"/) });
    expect(await lint('extends: osn\n')).toMatchObject({ status: 2, stdout: expect.stringMatching(/:1:10 \/extends: there is no mesh "osn"\. Did you mean osm\?/) });
  });
});

describe('the report of an earlier run', () => {
  let report: Report;
  beforeAll(async () => {
    report = sampleReport();
    await writeFile(join(cli.folder, 'report.json'), JSON.stringify(report));
  });

  test('is shown in each format', async () => {
    expect((await cli.run('report', 'report.json')).stdout).toContain('Open Service Mesh v1.2.4');
    expect(JSON.parse((await cli.run('report', 'report.json', '--format', 'json')).stdout)).toEqual(report);
    expect(load((await cli.run('report', 'report.json', '--format', 'yaml')).stdout)).toEqual(report);
    expect((await cli.run('report', 'report.json', '--format', 'junit')).stdout).toMatch(/^<\?xml [^]*<\/testsuites>\n$/);
  });

  test('has no colours where stdout is no terminal', async () => {
    expect((await cli.run('report', 'report.json')).stdout).not.toContain('\u001B');
  });

  test('does not verify without a signature, whatever its figures say', async () => {
    const { status, stdout } = await cli.run('verify', 'report.json');
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringMatching(/✓ +figures[^]*/) });
    expect(stdout).toMatch(/✗ +bundle +there is none: the report is unsigned/);
  });

  test('has figures that can be checked without a signature', async () => {
    const { digest } = await loadSuite(join(root, 'assertions'));
    await writeFile(join(cli.folder, 'own.json'), toJson({ ...report, suite: { ...report.suite, digest } }));
    const { status, stdout } = await cli.run('verify', 'own.json', '--unsigned');
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^✓ +report [^]*✓ +figures [^]*✓ +catalogue [^]*who made the report was not checked/) });
  });

  test('that says more than its assertions does not verify', async () => {
    const better = { ...report, summary: { ...report.summary, pass: report.summary.pass + 1 } };
    await writeFile(join(cli.folder, 'better.json'), JSON.stringify(better));
    const { status, stdout } = await cli.run('verify', 'better.json', '--unsigned');
    expect(status).toBe(1);
    expect(stdout).toContain(`summary.pass: the report says ${better.summary.pass}, and they give ${report.summary.pass}`);
  });

  test('is compared with another: what is worse ends it with 1', async () => {
    await writeFile(join(cli.folder, 'good.json'), toJson(sampleReport(allGood)));
    expect(await cli.run('report', 'difference', 'report.json', 'report.json')).toMatchObject({ status: 0, stdout: `the same: ${report.assertions.length}\n` });
    const { status, stdout } = await cli.run('report', 'difference', 'good.json', 'report.json');
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringMatching(/^worse: \d+\n(?:  \S+@\w+: \w+ → \w+\n)+/) });
    expect(await cli.run('report', 'difference', 'report.json', 'good.json')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^better: \d+/) });
  });
});

describe('cleanup', () => {
  test('has nothing to do where nothing was left', async () => {
    expect(await cli.run('cleanup')).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing is left') });
  });

  test('ends with 3 where a cluster cannot be reached, and keeps the journal', async () => {
    await using other = await openChild(program.cli);
    const journal = openJournal(join(other.folder, 'state'), { id: 'abc123', server: 'https://127.0.0.1:1', kubeconfig: join(other.folder, 'gone'), pid: 2 ** 30 });
    journal.close();
    const { status, stdout } = await other.run('cleanup');
    expect({ status, stdout }).toEqual({ status: 3, stdout: expect.stringContaining('abc123') });
    expect(await readFile(journal.path, 'utf8')).toContain('abc123');
  });
});
