import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Cluster, KubeObject } from '../../src/cluster/port.ts';
import { findMesh, loadDefinitions } from '../../src/mesh/index.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import type { Report } from '../../src/model/report.ts';
import { type Cli, openCli, type Started } from './cli.ts';
import { meshOn, namespacesOfRuns, openCluster, until } from './cluster.ts';
import { openDoor } from './door.ts';
import { type ExpectedRun, expectedOf, plain } from './expectation.ts';

// Each is a run with a rebuilt lane at the most.
jest.setTimeout(600_000);

/** Some that change what is in force, in three lanes. */
const asked = ['traffic-access/deletion-revokes', 'traffic-access/update-rules', 'traffic-specs/method-selects', 'traffic-specs/update-propagates', 'traffic-split/weighted-75-25', 'traffic-split/delete-restores-root'];

let cluster: Cluster;
let definition: MeshDefinition;
let expected: ExpectedRun;

beforeAll(async () => {
  cluster = await openCluster();
  const mesh = await meshOn(cluster);
  expected = await expectedOf(mesh);
  definition = findMesh(mesh.id, await loadDefinitions(join(import.meta.dirname, '../../meshes')));
});
afterAll(async () => cluster.close());

/** Starts a run of a few assertions and resolves when its gates are being asked. */
async function underWay(cli: Cli, ...more: string[]): Promise<Started> {
  const started = cli.start('run', '--cluster', 'existing', '--mesh', definition.id, '--mesh-deployed', 'true', '--output', cli.output, ...asked.flatMap((id) => ['--only', id]), ...more);
  await Promise.race([
    until('the first assertion begins', 180_000, async () => (await cli.events()).some(({ type }) => type === 'assertion-started')),
    started.ended.then(({ status, stderr }) => Promise.reject(new Error(`the run ended with ${status} before it asked anything: ${stderr}`))),
  ]);
  return started;
}

/** Ends as every run of these does, but for what could not be judged: that is an error with its reason, and no other verdict than is known. */
function expectTrue({ assertions }: Report, { status }: { status: number | null }): void {
  const known = plain(expected).verdicts;
  const differing = assertions.filter(({ id, version, verdict }) => verdict !== known[`${id}@${version}`]);
  expect(differing.filter(({ verdict }) => verdict !== 'error' && verdict !== 'inconclusive').map(({ id, verdict, reason }) => `${id}: ${verdict}, ${reason}`)).toEqual([]);
  expect(assertions.map(({ id }) => id)).toEqual(expect.arrayContaining(asked));
  expect([0, 1, 3]).toContain(status);
}

const podsOf = (labels: Record<string, string>, namespace?: string): Promise<KubeObject[]> => cluster.list({ apiVersion: 'v1', kind: 'Pod', labels, ...(namespace === undefined ? {} : { namespace }) });
const remove = ({ metadata }: KubeObject): Promise<void> => cluster.delete({ apiVersion: 'v1', kind: 'Pod', name: metadata.name, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) });

describe('a fault in the middle of a run', () => {
  test('a pod of a lane is killed: the run is complete, and its verdicts are true', async () => {
    await using cli = await openCli();
    const { ended } = await underWay(cli);
    const [namespace = ''] = await namespacesOfRuns(cluster);
    const [victim] = await podsOf({}, namespace);
    if (victim === undefined) throw new Error(`no pod is in ${namespace}`);
    await remove(victim);
    const end = await ended;
    const report = await cli.report();
    expectTrue(report, end);
    expect(report.assertions.filter(({ verdict }) => verdict === 'error')).toEqual([]);
    expect(await namespacesOfRuns(cluster)).toEqual([]);
  });

  test('the mesh’s own pods are killed: no verdict is wrong', async () => {
    // A cluster without a mesh has none that could be killed.
    if (definition.detect === undefined) return;
    await using cli = await openCli();
    const { ended } = await underWay(cli);
    const victims = await podsOf(definition.detect.labels);
    expect(victims.length).toBeGreaterThan(0);
    for (const victim of victims) await remove(victim);
    const end = await ended;
    expectTrue(await cli.report(), end);
    expect(await namespacesOfRuns(cluster)).toEqual([]);
  });

  test('the API server breaks every connection, those into pods too: no verdict is wrong', async () => {
    await using cli = await openCli();
    await using door = await openDoor(cli.directory);
    const { ended } = await underWay(cli, '--kubeconfig', door.kubeconfig);
    await door.shut();
    await door.open();
    const end = await ended;
    expectTrue(await cli.report(), end);
    // What could not be deleted while it was away is the next sweep's.
    expect((await cli.start('cleanup').ended).status).toBe(0);
    expect(await namespacesOfRuns(cluster)).toEqual([]);
  });

  // Five seconds are bridged by the calls themselves, but for the lines into pods; after twenty the run has waited for it.
  test.each([5, 20])('the API server is away for %p seconds: the run is complete, and its verdicts are true', async (seconds) => {
    await using cli = await openCli();
    await using door = await openDoor(cli.directory);
    const { ended } = await underWay(cli, '--kubeconfig', door.kubeconfig);
    const begins = until('an assertion behind the gates is under way', 180_000, async () => (await cli.events()).some((event) => event.type === 'assertion-started' && asked.includes(event.id)));
    // Behind a gate that is closed none begins.
    await Promise.race([begins, ended]);
    await door.shut();
    await sleep(seconds * 1_000);
    await door.open();
    const end = await ended;
    const report = await cli.report();
    expectTrue(report, end);
    expect(report.assertions.filter(({ verdict }) => verdict === 'error').map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    expect(await namespacesOfRuns(cluster)).toEqual([]);
  });

  test('an API server that does not come back ends the run, with what could not be judged as errors', async () => {
    await using cli = await openCli();
    await using door = await openDoor(cli.directory);
    const { ended } = await underWay(cli, '--kubeconfig', door.kubeconfig);
    await door.shut();
    const end = await ended;
    const report = await cli.report();
    expect(end.status).toBe(3);
    expect({ complete: report.complete, result: report.result }).toEqual({ complete: false, result: 'incomplete' });
    expect(end.stdout + end.stderr).toContain('CLUSTER_LOST');
    const known = plain(expected).verdicts;
    expect(report.assertions.filter(({ id, version, verdict }) => !['error', 'inconclusive', known[`${id}@${version}`]].includes(verdict))).toEqual([]);
    // What could not be deleted is the next sweep's: the run says where it was, and a door of the same address is open again.
    await door.open();
    expect((await cli.start('cleanup').ended).status).toBe(0);
    expect(await namespacesOfRuns(cluster)).toEqual([]);
  });

  test('a namespace that cannot go is named, with what holds it; the next sweep takes it when it can', async () => {
    await using cli = await openCli();
    const { ended } = await underWay(cli);
    const [namespace = ''] = await namespacesOfRuns(cluster);
    const held = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'held', namespace, finalizers: ['smi-conformance.test/held'] } };
    await cluster.create(held);
    const end = await ended;
    expectTrue(await cli.report(), end);
    expect(end.stdout + end.stderr).toContain(namespace);
    expect(end.stdout + end.stderr).toContain('smi-conformance.test/held');
    expect(await namespacesOfRuns(cluster)).toEqual([namespace]);
    const stuck = await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', name: 'held', namespace });
    if (stuck === undefined) throw new Error('the ConfigMap is gone, though it is held');
    await cluster.replace({ ...stuck, metadata: { ...stuck.metadata, finalizers: [] } });
    expect((await cli.start('cleanup').ended).status).toBe(0);
    expect(await namespacesOfRuns(cluster)).toEqual([]);
  });
});
