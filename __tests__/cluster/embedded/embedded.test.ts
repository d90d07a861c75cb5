import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { clusterOver } from '../../../src/cluster/embedded/cluster.ts';
import { openEmbedded } from '../../../src/cluster/embedded/index.ts';
import { ApiError } from '../../../src/cluster/port.ts';
import type { Cluster, KubeObject } from '../../../src/cluster/port.ts';
import { version } from '../../../src/door/version.ts';
import { laneLabel } from '../../../src/fixture/names.ts';
import { laneObjects } from '../../../src/fixture/objects.ts';
import { lanePods, podState } from '../../../src/fixture/ready.ts';
import type { ReadyPod } from '../../../src/fixture/ready.ts';
import { ConformanceError } from '../../../src/model/errors.ts';
import type { Fixture } from '../../../src/model/fixture.ts';
import type { MeshDefinition } from '../../../src/model/mesh.ts';
import { ProbeClient } from '../../../src/probe/client.ts';
import { controlPort } from '../../../src/probe/protocol.ts';
import type { ReferenceNetwork } from '../../../src/reference/contract.ts';
import type { Pods } from '../../../src/reference/pods/index.ts';
import { createStore } from '../../../src/reference/store/index.ts';

const mesh: MeshDefinition = {
  id: 'reference', name: 'Reference mesh', aliases: [], provider: 'REFERENCE', status: 'reference',
  enrolment: { namespace: { labels: { 'smi-conformance/reference-mesh': 'enrolled' } }, pod: {}, sidecar: 'smi-proxy' },
  host: '{service}.{namespace}.svc.cluster.local',
  claims: 'served',
};
const fixture: Fixture = {
  name: 'pair', title: 'A server and its caller', namespaces: [{ name: 'home', enrolled: true }, { name: 'out', enrolled: false }],
  workloads: [
    { name: 'srv', serviceAccount: 'srv', listeners: [{ port: 8080, protocol: 'http' }, { port: 7070, protocol: 'tcp' }] },
    { name: 'cli', serviceAccount: 'cli', listeners: [{ port: 8080, protocol: 'http' }] },
    { name: 'other', namespace: 'out', listeners: [{ port: 8080, protocol: 'http' }] },
  ],
  services: [{ name: 'srv', selector: { app: 'srv' }, ports: [{ port: 8080, protocol: 'http' }] }, { name: 'other', namespace: 'out', selector: { app: 'other' }, ports: [{ port: 80, targetPort: 8080, protocol: 'http' }] }],
  baseline: {},
};
const namespaces = new Map([['home', 'smi-t-pair-1'], ['out', 'smi-t-pair-1-out']]);
const objects = laneObjects(fixture, { runId: 't', lane: 'pair-1', namespaces, workloads: fixture.workloads, mesh, probeImage: 'node:24-alpine', probeSource: '// the probe' });

describe('the embedded cluster', () => {
  let cluster: Cluster;
  beforeEach(async () => {
    cluster = await openEmbedded();
  });
  afterEach(() => cluster.close());

  test('serves the metrics API, and answers at its paths as a server would', async () => {
    const served = (await cluster.served()).filter(({ group }) => group === 'metrics.smi-spec.io');
    expect(served.map(({ version: at, kind }) => `${at} ${kind}`)).toEqual(Array.from({ length: 11 }, () => 'v1alpha1 TrafficMetrics'));
    expect(await cluster.read('/apis/metrics.smi-spec.io/v1alpha1/namespaces/default')).toMatchObject({ status: 200, body: { kind: 'TrafficMetrics', resource: { kind: 'Namespace', name: 'default' } } });
    expect((await cluster.read('/apis/metrics.smi-spec.io/v1alpha1/namespaces/default', { as: 'system:serviceaccount:default:nobody' })).status).toBe(403);
    expect(await cluster.read('/apis/other/v1')).toMatchObject({ status: 404, body: { kind: 'Status' } });
    const bare = await openEmbedded({ metrics: false });
    try {
      expect((await bare.served()).some(({ group }) => group === 'metrics.smi-spec.io')).toBe(false);
      expect((await bare.read('/apis/metrics.smi-spec.io/v1alpha1')).status).toBe(404);
    } finally {
      await bare.close();
    }
  });

  test('says what it is', async () => {
    await expect(cluster.about()).resolves.toEqual({ kubernetesVersion: expect.stringMatching(/^v1\.\d+\.\d+\+embedded$/), server: 'embedded' });
    await expect(cluster.mayI('create', 'apps', 'deployments')).resolves.toBe(true);
    expect((await cluster.served()).map(({ kind }) => kind)).toContain('TrafficSplit');
  });

  test('has its mesh running where it is looked for, with its version', async () => {
    const [pod, ...others] = await cluster.list({ apiVersion: 'v1', kind: 'Pod', labels: { app: 'smi-reference-mesh' } });
    expect(others).toEqual([]);
    expect(pod).toMatchObject({
      metadata: { namespace: 'smi-reference', labels: { 'app.kubernetes.io/version': version } },
      status: { phase: 'Running', containerStatuses: [{ ready: true, image: `smi-reference-mesh:${version}` }] },
    });
  });

  test("runs a lane's objects: pods are ready, their probes answer through a port-forward, and call each other by the names of Services", async () => {
    for (const object of objects) await cluster.create(object);
    const pods = await readyPods(cluster);
    expect(pods.map(({ workload }) => workload).sort()).toEqual(['cli', 'other', 'srv']);
    const clients = new Map<string, ProbeClient>();
    for (const pod of pods) {
      const client = ProbeClient.open(await cluster.forward(pod, controlPort));
      clients.set(pod.workload, client);
      await expect(client.hello()).resolves.toMatchObject({ identity: { pod: pod.name, namespace: pod.namespace, workload: pod.workload } });
    }
    const request = { key: 0, protocol: 'http', host: 'other.smi-t-pair-1-out.svc.cluster.local', port: 80, path: '/x', attempts: 3 } as const;
    const [answered] = (await clients.get('other')?.attempt({ batch: 'b', requests: [request], concurrency: 1, timeoutMs: 1_000 })) ?? [];
    expect(answered).toMatchObject({ refusals: {}, answers: [{ workload: 'other', port: 8080, count: 3 }] });

    const srv = pods.find(({ workload }) => workload === 'srv') as ReadyPod;
    await expect(cluster.logs(srv, 'probe', 10)).resolves.toMatch(/"ready":true.*\n$/);
    await expect(cluster.logs(srv, 'smi-proxy', 10)).resolves.toContain(srv.ip);
    await expect(cluster.logs(srv, 'probe', 0)).resolves.toBe('');
    await refused(cluster.logs(srv, 'sidecar', 1), { status: 400, message: `container sidecar is not valid for pod ${srv.name}` });
    await refused(cluster.logs({ ...srv, name: 'ghost' }, 'probe', 1), { status: 404, reason: 'NotFound' });
    await refused(cluster.forward({ ...srv, name: 'ghost' }, controlPort), { status: 404 });
    await refused(cluster.forward(srv, 1), { status: 0, message: expect.stringContaining('nothing listens at port 1') });

    for (const namespace of namespaces.values()) await cluster.delete({ apiVersion: 'v1', kind: 'Namespace', name: namespace });
    const lost = await Promise.all([...clients.values()].map(({ lost: loss }) => loss));
    expect(lost.map(({ code }) => code)).toEqual(['PROBE_LOST', 'PROBE_LOST', 'PROBE_LOST']);
    await until(async () => (await cluster.list({ apiVersion: 'v1', kind: 'Namespace', labels: { [laneLabel]: 'pair-1' } })).length === 0);
  });

  test('reads, lists, replaces and deletes by the port, and rejects with what a server would say', async () => {
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'a' };
    const map: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default', labels: { run: 't' } }, data: { x: '1' } };
    await expect(cluster.get(ref)).resolves.toBeUndefined();
    await cluster.create(map, { dryRun: true });
    await expect(cluster.get(ref)).resolves.toBeUndefined();
    await cluster.create(map);
    await refused(cluster.create(map), { status: 409, reason: 'AlreadyExists' });
    await cluster.replace({ ...map, data: { x: '2' } });
    await expect(cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', labels: { run: 't' } })).resolves.toEqual([expect.objectContaining({ data: { x: '2' } })]);
    await refused(cluster.list({ apiVersion: 'v1', kind: 'Gadget' }), { status: 404 });
    await cluster.delete(ref);
    await cluster.delete(ref);
    await expect(cluster.get(ref)).resolves.toBeUndefined();
  });

  test('closes what was forwarded, and every listener, and answers nobody afterwards', async () => {
    for (const object of objects) await cluster.create(object);
    const [pod] = await readyPods(cluster);
    const stream = await cluster.forward(pod as ReadyPod, controlPort);
    const port = (stream as unknown as { remotePort: number }).remotePort;
    await Promise.all([cluster.close(), cluster.close()]);
    expect(stream.destroyed).toBe(true);
    const again = connect({ host: '127.0.0.1', port });
    await expect(once(again, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await refused(cluster.about(), { status: 0 });
    await refused(cluster.forward(pod as ReadyPod, controlPort), { status: 0 });
  });
});

test('closes the network after the pods, also where a pod cannot be closed', async () => {
  const store = createStore({ clock: () => new Date() });
  const closed: string[] = [];
  const network: ReferenceNetwork = { attach: () => { throw new Error('unused'); }, close: async () => void closed.push('network') };
  const pods: Pods = { find: () => undefined, close: async () => { closed.push('pods'); throw new Error('a pod still listens'); } };
  await expect(clusterOver({ store, pods, network }).close()).rejects.toThrow('a pod still listens');
  expect(closed).toEqual(['pods', 'network']);
});

test('serves the versions that are asked for', async () => {
  const cluster = await openEmbedded({ served: { split: ['v1alpha2'], access: [] } });
  const served = await cluster.served();
  await cluster.close();
  expect(served.filter(({ group }) => group === 'access.smi-spec.io')).toEqual([]);
  expect(served.filter(({ kind }) => kind === 'TrafficSplit').map((api) => api.version)).toEqual(['v1alpha2']);
});

test('switches a fault of the reference mesh on: without a data plane nothing is denied', async () => {
  const allowed = async (fault?: string): Promise<number> => {
    const cluster = await openEmbedded(fault === undefined ? {} : { fault });
    try {
      for (const object of objects) await cluster.create(object);
      const pod = (await readyPods(cluster)).find(({ workload }) => workload === 'cli') as ReadyPod;
      const client = ProbeClient.open(await cluster.forward(pod, controlPort));
      const request = { key: 0, protocol: 'http', host: 'srv.smi-t-pair-1.svc.cluster.local', port: 8080, path: '/x', attempts: 2 } as const;
      const [result] = await client.attempt({ batch: 'b', requests: [request], concurrency: 2, timeoutMs: 1_000 });
      return result?.answers.reduce((sum, { count }) => sum + count, 0) ?? -1;
    } finally {
      await cluster.close();
    }
  };
  expect(await allowed()).toBe(0);
  expect(await allowed('no-data-plane')).toBe(2);
});

test('names the nearest fault for one that does not exist', async () => {
  const error: unknown = await openEmbedded({ fault: 'no-data-plan' }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConformanceError);
  expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('did you mean no-data-plane?') });
});

test('keeps no process alive once it is closed', async () => {
  const program = `
    import { openEmbedded } from ${JSON.stringify(new URL('../../../src/cluster/embedded/index.ts', import.meta.url).href)};
    const cluster = await openEmbedded();
    const objects = ${JSON.stringify(objects)};
    for (const object of objects) await cluster.create(object);
    await cluster.close();
    console.log('closed');
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { env: { ...process.env, NODE_OPTIONS: '' }, timeout: 20_000 });
  expect(stdout).toBe('closed\n');
}, 30_000);

async function readyPods(cluster: Cluster): Promise<ReadyPod[]> {
  let pods: ReadyPod[] = [];
  await until(async () => {
    const states = (await lanePods(cluster, namespaces.values(), 'pair-1')).map((pod) => podState(pod, pod.metadata.namespace === namespaces.get('home') ? 'smi-proxy' : undefined));
    pods = states.flatMap((state) => (state.is === 'ready' ? [state.pod] : []));
    return pods.length === fixture.workloads.length && states.length === pods.length;
  });
  return pods;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 4_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function refused(call: Promise<unknown>, expected: Record<string, unknown>): Promise<void> {
  const error: unknown = await call.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject(expected);
}
