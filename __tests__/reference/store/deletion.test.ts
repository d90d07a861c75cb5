import { describe, expect, test } from '@jest/globals';
import { refOf } from '../../../src/cluster/port.ts';
import type { KubeObject } from '../../../src/cluster/port.ts';
import { correctStoreDecisions } from '../../../src/reference/store/admission.ts';
import { object, openStore, refusal, split } from './objects.ts';

const shop = { apiVersion: 'v1', kind: 'Namespace', name: 'shop' };
const weights = { service: 'web', backends: [{ service: 'web-v1', weight: 1 }] };
const pod = (name: string): KubeObject => object('v1', 'Pod', name, { spec: { containers: [{ name: 'c', image: 'i' }] } });
const map = (name: string, finalizers: string[] = []): KubeObject => object('v1', 'ConfigMap', name, {}, { namespace: 'shop', finalizers });

describe('the deletion of an object', () => {
  test('takes it at once, and of one that is not there is no error', () => {
    const store = openStore();
    const created = store.create(split('web', weights));
    store.remove(refOf(created));
    expect(store.read(refOf(created))).toBeUndefined();
    expect(() => store.remove(refOf(created))).not.toThrow();
    expect(() => store.remove({ apiVersion: 'v1', kind: 'Gadget', name: 'a' })).not.toThrow();
  });

  test('waits for its finalizers, of which none can be added any more', () => {
    const store = openStore();
    const created = store.create(map('held', ['example.com/a', 'example.com/b']));
    store.remove(refOf(created));
    const marked = store.read(refOf(created));
    expect(marked?.metadata.deletionTimestamp).toBe('2030-01-02T03:04:05Z');
    store.remove(refOf(created));
    expect(store.read(refOf(created))).toEqual(marked);
    expect(refusal(() => store.create(map('held')))).toMatchObject({ status: 409, reason: 'AlreadyExists', message: 'object is being deleted: configmaps "held" already exists' });
    expect(refusal(() => store.replace(map('held', ['example.com/c'])))).toMatchObject({ status: 422, message: expect.stringContaining('no new finalizers can be added') });
    store.replace(map('held', ['example.com/b']));
    expect(store.read(refOf(created))?.metadata.deletionTimestamp).toBe('2030-01-02T03:04:05Z');
    store.replace(map('held'));
    expect(store.read(refOf(created))).toBeUndefined();
  });

  test('of a Pod waits for the kubelet', () => {
    const store = openStore();
    const created = store.create(pod('p'));
    store.stopped(created);
    expect(store.read(refOf(created))).toEqual(created);
    store.remove(refOf(created));
    expect(store.read(refOf(created))?.metadata.deletionTimestamp).toBeDefined();
    store.stopped(created);
    expect(store.read(refOf(created))).toBeUndefined();
  });

  test('of a Pod is not ended by the word on an earlier one of its name', () => {
    const store = openStore();
    const first = store.create(pod('p'));
    store.remove(refOf(first));
    store.stopped(first);
    store.remove(refOf(store.create(pod('p'))));
    store.stopped(first);
    expect(store.read(refOf(first))?.metadata.deletionTimestamp).toBeDefined();
  });

  test('of a definition, or of a namespace that every cluster keeps, is refused', () => {
    const store = openStore();
    expect(refusal(() => store.remove({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'trafficsplits.split.smi-spec.io' }))).toMatchObject({ status: 405 });
    expect(refusal(() => store.remove({ apiVersion: 'v1', kind: 'Namespace', name: 'default' }))).toMatchObject({ status: 403, message: 'namespaces "default" is forbidden: this namespace may not be deleted' });
  });
});

describe('the deletion of a Namespace', () => {
  test('takes what is in it, and nothing else', () => {
    const store = openStore();
    store.create(object('v1', 'Namespace', 'attic', {}, {}));
    store.create(object('v1', 'ConfigMap', 'keep', {}, { namespace: 'attic' }));
    store.create(map('a'));
    store.create(split('web', weights));
    store.remove(shop);
    expect(store.read(shop)).toBeUndefined();
    expect([...store.list('ConfigMap', 'shop'), ...store.list('TrafficSplit'), ...store.list('ServiceAccount', 'shop')]).toEqual([]);
    expect(store.list('ConfigMap').map(({ metadata }) => metadata.name)).toEqual(['keep']);
  });

  test('lasts until the last of its pods has stopped, and takes nothing new meanwhile', () => {
    const store = openStore();
    const [first, second] = ['a', 'b'].map((name) => store.create(pod(name))) as [KubeObject, KubeObject];
    store.remove(shop);
    expect(store.read(shop)).toMatchObject({ metadata: { deletionTimestamp: '2030-01-02T03:04:05Z' }, status: { phase: 'Terminating' } });
    expect(refusal(() => store.create(map('late')))).toMatchObject({ status: 403, reason: 'Forbidden', message: 'configmaps "late" is forbidden: unable to create new content in namespace shop because it is being terminated' });
    expect(() => store.remove(shop)).not.toThrow();
    store.stopped(first);
    expect(store.read(shop)).toBeDefined();
    store.stopped(second);
    expect(store.read(shop)).toBeUndefined();
    expect(store.create(object('v1', 'Namespace', 'shop', {}, {})).metadata.deletionTimestamp).toBeUndefined();
  });

  test('says which finalizers hold it, and goes when they are gone', () => {
    const store = openStore();
    store.create(map('held', ['example.com/a']));
    store.remove(shop);
    expect(store.read(shop)).toMatchObject({ status: { conditions: [{ type: 'NamespaceFinalizersRemaining', status: 'True', message: 'Some content in the namespace has finalizers remaining: example.com/a in 1 resource instances' }] } });
    store.replace(map('held'));
    expect(store.read(shop)).toBeUndefined();
  });
});

describe('a store that decides otherwise', () => {
  test('keeps what it wants of an object, in dry runs too, but not of built-in kinds', () => {
    const store = openStore({ decisions: { ...correctStoreDecisions, keep: ({ spec: _spec, ...rest }) => ({ ...rest, spec: { service: 'lost' } }) } });
    expect(store.create(split('web', weights), { dryRun: true })['spec']).toEqual({ service: 'lost' });
    expect(store.create(split('web', weights))['spec']).toEqual({ service: 'lost' });
    expect(store.create(object('v1', 'Service', 's', { spec: { ports: [{ port: 1 }] } }))['spec']).toMatchObject({ ports: [{ port: 1 }] });
    expect(refusal(() => store.create(split('bad', { service: 1 })))).toMatchObject({ status: 422 });
  });

  test('holds a deleted SMI object as a finalizer would, until its Namespace goes', () => {
    const store = openStore({ decisions: { ...correctStoreDecisions, removes: ({ metadata }) => metadata.name !== 'stuck' } });
    const [stuck, free] = ['stuck', 'free'].map((name) => store.create(split(name, weights))) as [KubeObject, KubeObject];
    store.create(map('stuck'));
    for (const one of [stuck, free, map('stuck')]) store.remove(refOf(one));
    expect(store.list('ConfigMap', 'shop')).toEqual([]);
    expect(store.list('TrafficSplit').map(({ metadata }) => [metadata.name, metadata.deletionTimestamp])).toEqual([['stuck', '2030-01-02T03:04:05Z']]);
    store.replace({ ...split('stuck', { ...weights, service: 'other' }) });
    expect(store.list('TrafficSplit')).toHaveLength(1);
    store.remove(shop);
    expect(store.read(shop)).toBeUndefined();
    expect(store.list('TrafficSplit')).toEqual([]);
  });

  test('shows a definition that is not established', () => {
    const store = openStore({ decisions: { ...correctStoreDecisions, established: (kind) => kind !== 'TrafficSplit' } });
    const established = (name: string): unknown => {
      const definition = store.read({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name });
      const status = definition?.['status'] as { conditions: { type: string; status: string }[] } | undefined;
      return status?.conditions.find(({ type }) => type === 'Established')?.status;
    };
    expect(established('trafficsplits.split.smi-spec.io')).toBe('False');
    expect(established('traffictargets.access.smi-spec.io')).toBe('True');
  });
});
