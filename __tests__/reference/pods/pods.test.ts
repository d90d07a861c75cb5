import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { refOf } from '../../../src/cluster/port.ts';
import type { KubeObject } from '../../../src/cluster/port.ts';
import { ProbeClient } from '../../../src/probe/client.ts';
import { controlPort } from '../../../src/probe/protocol.ts';
import { enrolment, isReady, startPods } from '../../../src/reference/pods/index.ts';
import type { Pods } from '../../../src/reference/pods/index.ts';
import { createStore } from '../../../src/reference/store/index.ts';
import type { Store } from '../../../src/reference/store/index.ts';
import { createLoopbackNetwork } from './loopback-network.ts';
import type { LoopbackNetwork } from './loopback-network.ts';

let store: Store;
let network: LoopbackNetwork;
let pods: Pods;

beforeEach(() => {
  store = createStore({ clock: () => new Date() });
  network = createLoopbackNetwork();
  pods = startPods({ store, network, proxyImage: 'proxy:1' });
  store.create(namespace('plain'));
});

afterEach(async () => {
  await pods.close();
  await network.close();
});

describe('a Deployment', () => {
  test('gives as many pods as it asks for, with the labels of its template and names of their own', async () => {
    store.create(deployment('srv', { replicas: 3 }));
    const running = await until(() => allReady(3));
    expect(new Set(running.map(({ metadata }) => metadata.name)).size).toBe(3);
    for (const { metadata } of running) {
      expect(metadata.name).toMatch(/^srv-[0-9a-f]{10}-[a-z0-9]{5}$/);
      expect(metadata.labels).toMatchObject({ app: 'srv' });
    }
    expect(store.get('Deployment', 'plain', 'srv')?.['status']).toMatchObject({ replicas: 3, readyReplicas: 3, observedGeneration: 1 });
  });

  test('replaces a pod that was deleted', async () => {
    store.create(deployment('srv'));
    const [first] = await until(() => allReady(1));
    store.remove({ apiVersion: 'v1', kind: 'Pod', namespace: 'plain', name: first?.metadata.name ?? '' });
    const [second] = await until(() => allReady(1).filter(({ metadata }) => metadata.uid !== first?.metadata.uid));
    expect(second?.metadata.name).not.toBe(first?.metadata.name);
    await until(() => store.list('Pod').length === 1);
  });

  test('follows a change of its scale and of its template', async () => {
    const stored = store.create(deployment('srv', { replicas: 2 }));
    await until(() => allReady(2).length === 2);
    store.replace({ ...stored, metadata: { ...stored.metadata, resourceVersion: '' }, spec: { ...(stored['spec'] as object), replicas: 1 } });
    const [kept] = await until(() => (store.list('Pod').length === 1 ? allReady(1) : []));

    const changed = deployment('srv', { labels: { tier: 'new' } });
    store.replace(changed);
    const [renewed] = await until(() => (store.list('Pod').length === 1 && store.list('Pod')[0]?.metadata.uid !== kept?.metadata.uid ? allReady(1) : []));
    expect(renewed?.metadata.labels).toMatchObject({ tier: 'new' });
  });

  test('takes its pods along when it is deleted', async () => {
    store.create(deployment('srv', { replicas: 2 }));
    await until(() => allReady(2).length === 2);
    store.remove({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'plain', name: 'srv' });
    await until(() => store.list('Pod').length === 0);
    expect(network.open()).toEqual([]);
  });

  test('waits for the ServiceAccount of its pods and says so in an Event', async () => {
    store.create(deployment('srv', { serviceAccount: 'late' }));
    expect(store.list('Pod')).toEqual([]);
    expect(store.list('Event', 'plain')[0]).toMatchObject({ type: 'Warning', message: expect.stringContaining('serviceaccount "late" not found') });
    store.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'late', namespace: 'plain' } });
    await until(() => allReady(1).length === 1);
    expect(network.attached).toEqual([expect.objectContaining({ serviceAccount: 'late' })]);
  });
});

describe('a pod', () => {
  test('runs the probe that its environment configures, reached at its control port until it is deleted', async () => {
    store.create(pod('one', probeEnvironment()));
    await until(() => allReady(1).length === 1);
    const real = pods.find({ namespace: 'plain', name: 'one' })?.network()?.loopbackPort(controlPort) ?? 0;
    const socket = connect({ host: '127.0.0.1', port: real });
    await once(socket, 'connect');
    const client = ProbeClient.open(socket);
    await expect(client.hello()).resolves.toMatchObject({ identity: { pod: 'one', namespace: 'plain', workload: 'srv' }, listeners: [{ port: 8080, protocol: 'http' }] });
    expect(pods.find({ namespace: 'plain', name: 'one' })?.logs('probe')).toEqual([expect.stringContaining('"ready":true')]);

    store.remove({ apiVersion: 'v1', kind: 'Pod', namespace: 'plain', name: 'one' });
    expect(store.get('Pod', 'plain', 'one')?.metadata.deletionTimestamp).toBeDefined();
    await client.lost;
    await until(() => store.get('Pod', 'plain', 'one') === undefined);
    expect(network.open()).toEqual([]);
    expect(pods.find({ namespace: 'plain', name: 'one' })).toBeUndefined();
  });

  test('shows a running side container where its Namespace is enrolled when it starts, and none elsewhere', async () => {
    store.create(namespace('meshed', { [enrolment.label]: enrolment.value }));
    store.create(pod('in', probeEnvironment(), 'meshed'));
    store.create(pod('out', probeEnvironment()));
    await until(() => allReady(2).length === 2);
    expect(containersOf('meshed', 'in')).toEqual([expect.objectContaining({ name: 'smi-proxy', ready: true, image: 'proxy:1' }), expect.objectContaining({ name: 'probe', ready: true })]);
    expect(containersOf('plain', 'out')).toEqual([expect.objectContaining({ name: 'probe', ready: true })]);
    expect(network.attached.map(({ name, meshed }) => [name, meshed])).toEqual([['in', true], ['out', false]]);
  });

  test('knows its own fields by the downward API', async () => {
    store.create(pod('fields', [
      ...probeEnvironment({ workload: 'w' }).filter(({ name }) => name !== 'POD_NAME'),
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: "metadata.labels['nick']" } } },
    ], 'plain', { nick: 'by-label' }));
    await until(() => allReady(1).length === 1);
    expect(pods.find({ namespace: 'plain', name: 'fields' })?.logs('probe')?.[0]).toContain('"pod":"by-label"');
  });

  test.each([
    ['a variable from a Secret', { name: 'POD_NAME', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
    ['a field that no pod has', { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'status.mood' } } }],
  ])('waits, saying why, with %s', async (_what, variable) => {
    store.create(pod('odd', [...probeEnvironment().filter(({ name }) => name !== 'POD_NAME'), variable]));
    const state = await until(() => waitingOf('plain', 'odd', 'CreateContainerConfigError'));
    expect(state).toMatchObject({ message: expect.stringContaining('POD_NAME') });
  });

  test('whose probe cannot start is seen to crash, with the reason in its log', async () => {
    store.create(pod('broken', [{ name: 'PROBE_CONFIG', value: '{"workload":1}' }, { name: 'POD_NAME', value: 'broken' }]));
    await until(() => waitingOf('plain', 'broken', 'CrashLoopBackOff'));
    expect(containersOf('plain', 'broken')).toEqual([expect.objectContaining({ ready: false, restartCount: 3 })]);
    expect(pods.find({ namespace: 'plain', name: 'broken' })?.logs('probe')?.at(-1)).toContain('PROBE_CONFIG.namespace');
  });

  test('waits for the ConfigMap that it mounts', async () => {
    const waiting = pod('mounts', probeEnvironment());
    store.create({ ...waiting, spec: { ...(waiting['spec'] as object), volumes: [{ name: 'probe', configMap: { name: 'probe' } }] } });
    await until(() => waitingOf('plain', 'mounts', 'ContainerCreating')?.message?.includes('configmap "probe" not found'));
    expect(network.attached).toEqual([]);
    store.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'probe', namespace: 'plain' }, data: {} });
    await until(() => allReady(1).length === 1);
  });

  test('that is deleted while it waits is gone all the same', async () => {
    const waiting = pod('mounts', probeEnvironment());
    store.create({ ...waiting, spec: { ...(waiting['spec'] as object), volumes: [{ name: 'probe', configMap: { name: 'never' } }] } });
    store.remove({ apiVersion: 'v1', kind: 'Pod', namespace: 'plain', name: 'mounts' });
    await until(() => store.list('Pod').length === 0);
    expect(network.attached).toEqual([]);
  });

  test('that a finalizer holds stops at once and goes when nothing holds it any more', async () => {
    const held = pod('held', probeEnvironment());
    const stored = store.create({ ...held, metadata: { ...held.metadata, finalizers: ['example.com/a'] } });
    await until(() => allReady(1).length === 1);
    store.remove(refOf(stored));
    await until(() => network.open().length === 0 && pods.find({ namespace: 'plain', name: 'held' }) === undefined);
    expect(store.get('Pod', 'plain', 'held')?.metadata.finalizers).toEqual(['example.com/a']);
    store.replace(held);
    expect(store.get('Pod', 'plain', 'held')).toBeUndefined();
  });

  test('whose network cannot be had says so and can be deleted', async () => {
    network.attach = () => {
      throw new Error('no address is left');
    };
    store.create(pod('unplaced', probeEnvironment()));
    const message = await until(() => waitingOf('plain', 'unplaced', 'ContainerCreating')?.message);
    expect(message).toBe('Failed to create pod sandbox: no address is left');
    store.remove({ apiVersion: 'v1', kind: 'Pod', namespace: 'plain', name: 'unplaced' });
    await until(() => store.list('Pod').length === 0);
  });
});

test('the deletion of a Namespace ends what runs in it, and then the Namespace goes', async () => {
  store.create(deployment('srv', { replicas: 2 }));
  store.create(pod('bare', probeEnvironment()));
  await until(() => allReady(3).length === 3);
  const seen: string[] = [];
  store.onChange(({ type, object }) => type === 'added' && seen.push(`${object.kind} ${object.metadata.name}`));
  store.remove({ apiVersion: 'v1', kind: 'Namespace', name: 'plain' });
  expect(store.get('Namespace', undefined, 'plain')).toMatchObject({ metadata: { deletionTimestamp: expect.any(String) }, status: { phase: 'Terminating' } });
  await until(() => store.get('Namespace', undefined, 'plain') === undefined);
  expect(store.list('Pod')).toEqual([]);
  expect(network.open()).toEqual([]);
  expect(seen).toEqual([]);
});

test('closing ends every pod, also one that is about to start', async () => {
  store.create(deployment('srv', { replicas: 2 }));
  await until(() => allReady(2).length === 2);
  store.create(pod('last', probeEnvironment()));
  await pods.close();
  expect(network.open()).toEqual([]);
});

/** Resolves with the first value that is neither undefined, false nor an empty list; looks after each change of the store, and between. */
async function until<Value>(look: () => Value): Promise<NonNullable<Exclude<Value, false>>> {
  const deadline = Date.now() + 4_000;
  for (;;) {
    const value = look();
    if (Array.isArray(value) ? value.length > 0 : value) return value as NonNullable<Exclude<Value, false>>;
    if (Date.now() > deadline) throw new Error(`it did not come about; pods: ${JSON.stringify(store.list('Pod').map(({ metadata, status }) => [metadata.name, status]))}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function allReady(count: number): KubeObject[] {
  const ready = store.list('Pod').filter((one) => isReady(one) && one.metadata.deletionTimestamp === undefined);
  return ready.length === count ? ready : [];
}

interface ContainerStatus {
  name: string;
  state: { waiting?: { reason: string; message?: string } };
}

function containersOf(namespaceName: string, name: string): ContainerStatus[] {
  return (store.get('Pod', namespaceName, name)?.['status'] as { containerStatuses?: ContainerStatus[] } | undefined)?.containerStatuses ?? [];
}

function waitingOf(namespaceName: string, name: string, reason: string): { reason: string; message?: string } | undefined {
  return containersOf(namespaceName, name).map(({ state }) => state.waiting).find((waiting) => waiting?.reason === reason);
}

function namespace(name: string, labels: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

type Variable = { name: string; value?: string; valueFrom?: object };

function probeEnvironment({ workload = 'srv' } = {}): Variable[] {
  return [
    { name: 'PROBE_CONFIG', value: JSON.stringify({ namespace: 'plain', serviceAccount: 'default', workload, listeners: [{ port: 8080, protocol: 'http' }] }) },
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ];
}

function containers(env: Variable[]): object[] {
  return [{ name: 'probe', image: 'node:24-alpine', env }];
}

function pod(name: string, env: Variable[], home = 'plain', labels: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: home, labels }, spec: { containers: containers(env) } };
}

function deployment(name: string, { replicas = 1, labels = {}, serviceAccount }: { replicas?: number; labels?: Record<string, string>; serviceAccount?: string } = {}): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'plain' },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...labels } },
        spec: { ...(serviceAccount !== undefined && { serviceAccountName: serviceAccount }), containers: containers(probeEnvironment({ workload: name })) },
      },
    },
  };
}
