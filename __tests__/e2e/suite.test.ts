import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Cluster } from '../../src/cluster/port.ts';
import { type Cli, openCli } from './cli.ts';
import { meshOn, namespacesOfRuns, openCluster, until } from './cluster.ts';
import { openDoor } from './door.ts';
import { type ExpectedRun, expectedOf, plain, shownBy, unexplained } from './expectation.ts';

// The whole suite on a machine that is short of time.
jest.setTimeout(1_200_000);

let cluster: Cluster;
let mesh: { id: string; version: string };
let expected: ExpectedRun;

beforeAll(async () => {
  cluster = await openCluster();
  mesh = await meshOn(cluster);
  expected = await expectedOf(mesh);
});
afterAll(async () => cluster.close());

const runArguments = (cli: Cli, ...more: string[]): string[] => ['run', '--cluster', 'existing', '--mesh', mesh.id, '--mesh-deployed', 'true', '--output', cli.output, ...more];

/** Starts a run and resolves when it works in its lanes; rejects where it ends before. */
async function underWay(cli: Cli, ...more: string[]): Promise<ReturnType<Cli['start']>> {
  const started = cli.start(...runArguments(cli, ...more));
  await until('the first assertion ends', 180_000, async () => {
    if (started.child.exitCode !== null) throw new Error(`the run ended with ${started.child.exitCode}: ${(await started.ended).stderr}`);
    return (await cli.events()).some(({ type }) => type === 'assertion-ended');
  });
  return started;
}

describe('the suite on the cluster that KUBECONFIG points at', () => {
  test('gives the verdicts that are known of this mesh, and leaves nothing behind', async () => {
    await using cli = await openCli();
    const { status, stderr } = await cli.start(...runArguments(cli)).ended;
    const report = await cli.report();
    const wrong = report.assertions.filter(({ verdict }) => verdict === 'error').map(({ id, reason }) => `${id}: ${reason}`);
    expect(wrong).toEqual([]);
    expect(shownBy(report)).toEqual(plain(expected));
    expect({ status, complete: report.complete, because: report.incompleteBecause }).toEqual({ status: expected.exit, complete: true, because: [] });
    expect(await namespacesOfRuns(cluster)).toEqual([]);
    expect(stderr).not.toContain('    at ');
  });

  test('every verdict but pass and skip is explained in docs/findings.md', async () => {
    expect(await unexplained(expected)).toEqual([]);
  });
});

describe('a run that is ended from outside', () => {
  test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s cleans up, writes an incomplete report and exits with %d', async (signal, status) => {
    await using cli = await openCli();
    const { child, ended } = await underWay(cli);
    child.kill(signal);
    expect((await ended).status).toBe(status);
    const report = await cli.report();
    expect({ complete: report.complete, result: report.result }).toEqual({ complete: false, result: 'incomplete' });
    expect(report.assertions.length).toBeGreaterThan(0);
    expect(await namespacesOfRuns(cluster)).toEqual([]);
  });

  test('after SIGKILL the next run sweeps what it left', async () => {
    await using cli = await openCli();
    const { child, ended } = await underWay(cli);
    child.kill('SIGKILL');
    await ended;
    const left = await namespacesOfRuns(cluster);
    expect(left.length).toBeGreaterThan(0);
    const { status } = await cli.start(...runArguments(cli, '--only', 'traffic-split/crd-trafficsplit')).ended;
    expect([0, 1]).toContain(status);
    expect(await namespacesOfRuns(cluster)).toEqual([]);
  });

  test('after SIGKILL the command cleanup removes what it left', async () => {
    await using cli = await openCli();
    const { child, ended } = await underWay(cli);
    child.kill('SIGKILL');
    await ended;
    expect((await namespacesOfRuns(cluster)).length).toBeGreaterThan(0);
    expect(await cli.start('cleanup').ended).toMatchObject({ status: 0 });
    expect(await namespacesOfRuns(cluster)).toEqual([]);
  });
});

describe('trouble', () => {
  test('an API server that is gone in the middle ends the run, with what was seen until then; its objects are swept when it is back', async () => {
    await using cli = await openCli();
    await using door = await openDoor(cli.directory);
    const { ended } = await underWay(cli, '--kubeconfig', door.kubeconfig);
    await door.shut();
    const { status, stderr } = await ended;
    expect(status).toBe(3);
    expect(stderr).toMatch(/API server|cluster/);
    expect(stderr).not.toContain('    at ');
    const report = await cli.report();
    expect({ complete: report.complete, result: report.result }).toEqual({ complete: false, result: 'incomplete' });
    const known = plain(expected).verdicts;
    expect(report.assertions.filter(({ id, version, verdict }) => verdict === 'fail' && known[`${id}@${version}`] !== 'fail')).toEqual([]);
    expect((await namespacesOfRuns(cluster)).length).toBeGreaterThan(0);
    await door.open();
    expect(await cli.start('cleanup').ended).toMatchObject({ status: 0 });
    expect(await namespacesOfRuns(cluster)).toEqual([]);
  });

  // A registry that refuses at once: where one does not answer, the kubelet waits for it, pod after pod.
  test('an image that cannot be had ends the run in seconds, and is named', async () => {
    await using cli = await openCli();
    const started = performance.now();
    const { status, stderr, stdout } = await cli.start(...runArguments(cli, '--probe-image', 'localhost:1/nothing:1')).ended;
    expect(status).toBe(3);
    expect(stderr + stdout).toContain('localhost:1/nothing:1');
    expect(performance.now() - started).toBeLessThan(60_000);
    expect(await namespacesOfRuns(cluster)).toEqual([]);
  });
});
