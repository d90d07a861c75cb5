import { describe, expect, test } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/port.ts';
import { podsIn, unpullable, unreadyPods } from '../../../src/mesh/install/pods.ts';
import { missingFrom } from '../../../src/mesh/install/ready.ts';
import { watched } from '../../../src/mesh/install/watch.ts';
import { waitUntil } from '../../../src/mesh/install/wait.ts';
import { pairedKubernetes, oddPairing, sameVersion, wantedVersion } from '../../../src/mesh/install/version.ts';
import type { Install, Ready } from '../../../src/model/install.ts';
import { createStore, deployment } from './store.ts';

const missing = (ready: Ready, ...objects: KubeObject[]): Promise<string[]> => {
  const store = createStore();
  store.put(...objects);
  return missingFrom(store, ready, 'mesh');
};
const workload = (kind: string, spec: object, status: object, generation = 1): KubeObject => ({ apiVersion: 'apps/v1', kind, metadata: { name: 'w', namespace: 'mesh', generation }, spec, status });

describe('what is missing', () => {
  test.each<[string, KubeObject[], string[]]>([
    ['nothing', [deployment('mesh', 'w')], []],
    ['a deployment', [], ['Deployment mesh/w is not there yet']],
    ['its pods', [deployment('mesh', 'w', { replicas: 2 })], ['Deployment mesh/w has 1 of 2 pods available']],
    ['the end of its roll-out', [workload('Deployment', { replicas: 2 }, { observedGeneration: 1, updatedReplicas: 1, availableReplicas: 2 })], ['Deployment mesh/w has 1 of 2 pods that are up to date']],
    ['its controller', [workload('Deployment', {}, { observedGeneration: 1, updatedReplicas: 1, availableReplicas: 1 }, 2)], ['Deployment mesh/w has not been looked at by its controller']],
  ])('%s', async (_what, objects, expected) => {
    expect(await missing({ deployments: ['w'] }, ...objects)).toEqual(expected);
  });

  test.each<[string, object, string[]]>([
    ['nothing', { observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 }, []],
    ['a node', { observedGeneration: 1, desiredNumberScheduled: 0 }, ['DaemonSet mesh/w is on no node yet']],
    ['a pod', { observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 }, ['DaemonSet mesh/w has 1 of 2 pods available']],
  ])('of a daemon set: %s', async (_what, status, expected) => {
    expect(await missing({ daemonSets: ['mesh/w'] }, workload('DaemonSet', {}, status))).toEqual(expected);
  });

  test('of a stateful set of an older cluster, which counts ready pods only: nothing', async () => {
    expect(await missing({ statefulSets: ['w'] }, workload('StatefulSet', { replicas: 1 }, { observedGeneration: 1, updatedReplicas: 1, readyReplicas: 1 }))).toEqual([]);
  });

  test.each<[string, KubeObject | undefined, KubeObject | undefined, string[]]>([
    ['the configuration', undefined, undefined, ['MutatingWebhookConfiguration hook is not there yet']],
    ['its bundle', hook(''), slice(true), ['MutatingWebhookConfiguration hook has no CA bundle yet']],
    ['an endpoint', hook('abc'), undefined, ['the Service mesh/injector of MutatingWebhookConfiguration hook has no endpoint that is ready']],
    ['an endpoint that is ready', hook('abc'), slice(false), ['the Service mesh/injector of MutatingWebhookConfiguration hook has no endpoint that is ready']],
    ['nothing', hook('abc'), slice(true), []],
  ])('of a webhook: %s', async (_what, configuration, endpoints, expected) => {
    expect(await missing({ webhooks: [{ kind: 'MutatingWebhookConfiguration', name: 'hook' }] }, ...[configuration, endpoints].filter((one) => one !== undefined))).toEqual(expected);
  });

  test.each<[string, unknown, string[]]>([
    ['established', { conditions: [{ type: 'Established', status: 'True' }] }, []],
    ['made a moment ago', { conditions: null }, ['the definition a.b.io is not established yet']],
    ['refused', { conditions: [{ type: 'Established', status: 'False' }] }, ['the definition a.b.io is not established yet']],
  ])('of a definition that is %s', async (_what, status, expected) => {
    const store = createStore();
    const name = 'a.b.io';
    store.objects.set('apiextensions.k8s.io CustomResourceDefinition  a.b.io', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name }, status });
    expect(await missingFrom(store, { definitions: [name] }, 'mesh')).toEqual(expected);
  });

  function hook(caBundle: string): KubeObject {
    return { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration', metadata: { name: 'hook' }, webhooks: [{ clientConfig: { caBundle, service: { name: 'injector', namespace: 'mesh' } } }] };
  }
  function slice(ready: boolean): KubeObject {
    return { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 's', namespace: 'mesh', labels: { 'kubernetes.io/service-name': 'injector' } }, endpoints: [{ conditions: { ready } }] };
  }
});

describe('pods', () => {
  const waiting = (reason: string, message: string): KubeObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'mesh', uid: 'u' }, status: { phase: 'Pending', initContainerStatuses: [{ name: 'i', image: 'i:1', state: { waiting: { reason, message } } }] } });

  test.each([
    ['ImagePullBackOff', 'Back-off pulling image', true], ['InvalidImageName', 'no', true], ['ErrImageNeverPull', 'no', true], ['ErrImagePull', 'docker.io/a:1: not found', true], ['ErrImagePull', 'pull access denied', true],
    ['ErrImagePull', 'dial tcp: i/o timeout', false], ['ContainerCreating', '', false], ['PodInitializing', 'not found', false],
  ])('%s (%s) is hopeless: %p', (reason, message, hopeless) => {
    expect(unpullable([waiting(reason, message)], 'Mesh')?.code).toBe(hopeless ? 'IMAGE_PULL' : undefined);
  });

  test('that are going, or somebody else’s, are not looked at', async () => {
    const store = createStore();
    store.put(waiting('a', ''), { ...waiting('b', ''), metadata: { name: 'q', namespace: 'mesh', uid: 'v', deletionTimestamp: '2026-01-01T00:00:00Z' } });
    expect((await podsIn(store, ['mesh'], new Set())).map(({ metadata }) => metadata.name)).toEqual(['p']);
    expect(await podsIn(store, ['mesh'], new Set(['u']))).toEqual([]);
    expect(await podsIn(store, ['other'], new Set())).toEqual([]);
  });

  test('say what keeps them', () => {
    const crashing: KubeObject = { ...waiting('', ''), status: { phase: 'Running', containerStatuses: [{ name: 'c', ready: false, restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } } }] } };
    const unscheduled: KubeObject = { ...waiting('', ''), status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message: '0/1 nodes are available: Insufficient cpu' }] } };
    const done: KubeObject = { ...waiting('', ''), status: { phase: 'Succeeded' } };
    expect(unreadyPods([crashing, unscheduled, done])).toEqual(['pod mesh/p: Running, CrashLoopBackOff, 4 restarts of c, back-off', 'pod mesh/p: Pending, 0/1 nodes are available: Insufficient cpu']);
  });
});

describe('waiting', () => {
  test('ends when it is so, with the time, and by a cancel', async () => {
    let looks = 0;
    expect(await waitUntil(async () => ((looks += 1) === 3 ? undefined : 'not yet'), { limitMs: 5_000 })).toBeUndefined();
    expect(await waitUntil(async () => 'never', { limitMs: 1 })).toBe('never');
    const stop = new AbortController();
    const ended = waitUntil(async () => 'never', { limitMs: 60_000, signal: stop.signal });
    stop.abort('SIGINT');
    await expect(ended).rejects.toMatchObject({ code: 'CANCELLED', message: 'the run was stopped by SIGINT' });
  });

  test('what is watched is ended by what is found, and by the run’s own cancel before that', async () => {
    const never = (signal: AbortSignal) => new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error(`ended: ${String(signal.reason)}`))));
    let looks = 0;
    await expect(watched(never, async () => ((looks += 1) === 3 ? new Error('found') : undefined), new AbortController().signal)).rejects.toThrow(/^found$/);
    const stop = new AbortController();
    const ended = watched(never, async () => undefined, stop.signal);
    stop.abort('SIGINT');
    await expect(ended).rejects.toThrow('ended: SIGINT');
    expect(await watched(async () => 'done', async () => undefined, new AbortController().signal)).toBe('done');
    await expect(watched(() => new Promise((resolve) => setTimeout(resolve, 30)), () => Promise.reject(new Error('lost')), new AbortController().signal)).rejects.toThrow('lost');
  });
});

describe('versions', () => {
  const install: Install = { namespace: 'mesh', versions: [{ version: 'stable-2.14.10', kubernetes: { from: '1.21', to: '1.28', default: '1.28' } }, { version: 'v1.0.0' }], parts: {}, ready: {} };
  test.each([['1.4.8', 'v1.4.8', true], ['stable-2.14.10', '2.14.10', true], ['1.4.8', '1.4.80', false], ['edge-2', '2', false]])('%s and %s: %p', (one, other, same) => {
    expect(sameVersion(one, other)).toBe(same);
  });
  test('the first is the default, and one that is asked for is written as the definition does', () => {
    expect([wantedVersion(install, undefined), wantedVersion(install, '2.14.10'), wantedVersion(install, '1.0.0'), wantedVersion(install, '9')]).toEqual(['stable-2.14.10', 'stable-2.14.10', 'v1.0.0', '9']);
  });
  test('each goes with versions of Kubernetes', () => {
    expect([pairedKubernetes({ install }), pairedKubernetes({ install }, '1.0.0'), pairedKubernetes({ install }, '9'), pairedKubernetes({})]).toEqual([{ from: '1.21', to: '1.28', default: '1.28' }, {}, {}, {}]);
    expect([oddPairing({ from: '1.21', to: '1.28' }, 'v1.28.15'), oddPairing({ from: '1.21' }, 'v1.34.4'), oddPairing({}, 'v1.34.4'), oddPairing({ to: '1.28' }, 'unknown')]).toEqual([undefined, undefined, undefined, undefined]);
    expect([oddPairing({ from: '1.21' }, 'v1.9.1'), oddPairing({ to: '1.28' }, 'v1.29.0')]).toEqual(['its makers name Kubernetes 1.21 as the oldest, and this is v1.9.1', 'its makers name Kubernetes 1.28 as the newest, and this is v1.29.0']);
  });
});
