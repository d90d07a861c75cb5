import { beforeEach, describe, expect, test } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/port.ts';
import type { Store } from '../../../src/reference/store/index.ts';
import { object, openStore, refusal, service, split } from './objects.ts';

const weights = { service: 'web', backends: [{ service: 'web-v1', weight: 75 }, { service: 'web-v2', weight: 25 }] };
const splitRef = { apiVersion: 'split.smi-spec.io/v1alpha4', kind: 'TrafficSplit', namespace: 'shop', name: 'web' };
let store: Store;

beforeEach(() => {
  store = openStore();
});

describe('create', () => {
  test('fills in what the server knows, and stores a copy', () => {
    const sent = split('web', structuredClone(weights));
    const created = store.create(sent);
    expect(created.metadata).toMatchObject({ uid: expect.stringMatching(/^[0-9a-f-]{36}$/), generation: 1, creationTimestamp: '2030-01-02T03:04:05Z', resourceVersion: expect.stringMatching(/^\d+$/) });
    (sent['spec'] as typeof weights).service = 'other';
    (created['spec'] as typeof weights).service = 'another';
    expect(store.read(splitRef)?.['spec']).toEqual(weights);
  });

  test('gives a Service an address of its own, target ports and a protocol', () => {
    const [first, second] = ['a', 'b'].map((name) => store.create(service(name, { selector: { app: name }, ports: [{ port: 80, name: 'http' }, { port: 81, name: 'x', targetPort: 8081, protocol: 'UDP' }] }))['spec'] as { clusterIP: string; ports: unknown });
    expect(first?.clusterIP).toMatch(/^10\.96\.\d+\.\d+$/);
    expect(second?.clusterIP).not.toBe(first?.clusterIP);
    expect(first?.ports).toEqual([{ port: 80, name: 'http', targetPort: 80, protocol: 'TCP' }, { port: 81, name: 'x', targetPort: 8081, protocol: 'UDP' }]);
    expect(store.create(service('none', { clusterIP: 'None', selector: {} }))['spec']).toMatchObject({ clusterIP: 'None' });
  });

  test('addresses of Services stay addresses, however many there are', () => {
    for (let made = 0; made < 600; made += 1) store.create(service(`s${made}`));
    const addresses = store.list('Service').map(({ spec }) => (spec as { clusterIP: string }).clusterIP);
    expect(new Set(addresses).size).toBe(600);
    expect(addresses.filter((one) => one.split('.').some((part) => Number(part) > 255))).toEqual([]);
  });

  test('gives a Namespace its label and its default ServiceAccount', () => {
    expect(store.read({ apiVersion: 'v1', kind: 'Namespace', name: 'shop' })).toMatchObject({ metadata: { labels: { 'kubernetes.io/metadata.name': 'shop' } }, status: { phase: 'Active' } });
    expect(store.read({ apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'shop', name: 'default' })).toBeDefined();
  });

  test('makes a name where it is asked to', () => {
    const made = store.create(object('v1', 'ConfigMap', '', {}, { namespace: 'shop', generateName: 'maps-' }));
    expect(made.metadata.name).toMatch(/^maps-[b-z2-9]{5}$/);
  });

  test('leaves a status to the controllers', () => {
    expect(store.create({ ...service('a'), status: { loadBalancer: { ingress: [] } } })['status']).toEqual({ loadBalancer: {} });
  });

  test.each<[string, KubeObject, number, string, RegExp]>([
    ['a name that is taken', service('taken'), 409, 'AlreadyExists', /^services "taken" already exists$/],
    ['a namespace that is not there', object('v1', 'ConfigMap', 'a', {}, { namespace: 'nowhere' }), 404, 'NotFound', /^namespaces "nowhere" not found$/],
    ['no namespace', object('v1', 'ConfigMap', 'a', {}, {}), 400, 'BadRequest', /namespace/],
    ['a kind that is not served', object('split.smi-spec.io/v1alpha4', 'TrafficTarget', 'a', {}), 404, 'NotFound', /could not find the requested resource/],
    ['a version that is not served', split('a', weights, 'v1alpha1'), 404, 'NotFound', /could not find the requested resource/],
    ['a definition', object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'a.b', {}, {}), 405, 'MethodNotAllowed', /does not allow this method/],
    ['labels that are no text', object('v1', 'ConfigMap', 'a', {}, { namespace: 'shop', labels: { a: 1 } }), 400, 'BadRequest', /ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta\.metadata\.labels of type string$/],
    ['a resourceVersion', object('v1', 'ConfigMap', 'a', {}, { namespace: 'shop', resourceVersion: '7' }), 500, 'Unknown', /^resourceVersion should not be set on objects to be created$/],
    ['no name', object('v1', 'ConfigMap', '', {}), 422, 'Invalid', /^ConfigMap "" is invalid: metadata\.name: Required value: name or generateName is required$/],
    ['a bad name', object('v1', 'ConfigMap', 'Upper', {}), 422, 'Invalid', /^ConfigMap "Upper" is invalid: metadata\.name: Invalid value: "Upper": a lowercase RFC 1123 subdomain/],
    ['a Service named as none may be', service('1st'), 422, 'Invalid', /a DNS-1035 label/],
    ['a bad label', object('v1', 'ConfigMap', 'a', {}, { namespace: 'shop', labels: { a: 'no spaces' } }), 422, 'Invalid', /metadata\.labels: Invalid value: "no spaces"/],
    ['a Service without ports', service('a', { selector: {} }), 422, 'Invalid', /^Service "a" is invalid: spec\.ports: Required value$/],
    ['two ports without names', service('a', { ports: [{ port: 1 }, { port: 70000 }] }), 422, 'Invalid', /\[spec\.ports\[0\]\.name: Required value, spec\.ports\[1\]\.name: Required value, spec\.ports\[1\]\.port: Invalid value: 70000: must be between 1 and 65535, inclusive\]$/],
    ['a Deployment that does not select its own pods', object('apps/v1', 'Deployment', 'a', { spec: { selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } } } }), 422, 'Invalid', /^Deployment\.apps "a" is invalid: .*`selector` does not match template `labels`/],
    ['a Pod of an account that is not there', object('v1', 'Pod', 'a', { spec: { serviceAccountName: 'ghost', containers: [{ name: 'c', image: 'i' }] } }), 403, 'Forbidden', /^pods "a" is forbidden: error looking up service account shop\/ghost: serviceaccount "ghost" not found$/],
  ])('refuses %s', (_what, sent, status, reason, message) => {
    store.create(service('taken'));
    const changes: unknown[] = [];
    store.onChange((change) => changes.push(change));
    expect(refusal(() => store.create(sent))).toMatchObject({ status, reason, message: expect.stringMatching(message) });
    expect(changes).toEqual([]);
  });

  test('a dry run validates, answers as if it stored, and stores nothing', () => {
    const changes: string[] = [];
    store.onChange(({ type, object: { kind } }) => changes.push(`${type} ${kind}`));
    expect(store.create(split('web', { ...weights, unknown: 1 }), { dryRun: true })).toMatchObject({ spec: weights, metadata: { uid: expect.any(String) } });
    expect(store.create(object('v1', 'Namespace', 'dry', {}, {}), { dryRun: true })).toMatchObject({ status: { phase: 'Active' } });
    expect(refusal(() => store.create(split('web', {}), { dryRun: true }))).toMatchObject({ status: 422, isRefusal: true });
    expect(store.read(splitRef)).toBeUndefined();
    expect(changes).toEqual([]);
  });
});

describe('replace', () => {
  test('stores the change, keeps what only the server sets, and counts generations', () => {
    const created = store.create(split('web', weights));
    const changed = store.replace(split('web', { ...weights, service: 'other' }));
    expect(changed).toMatchObject({ spec: { service: 'other' }, metadata: { uid: created.metadata.uid, creationTimestamp: created.metadata['creationTimestamp'], generation: 2 } });
    expect(Number(changed.metadata.resourceVersion)).toBeGreaterThan(Number(created.metadata.resourceVersion));
    const labelled = store.replace({ ...changed, metadata: { ...changed.metadata, labels: { a: 'b' } } });
    expect(labelled.metadata).toMatchObject({ generation: 2, labels: { a: 'b' } });
  });

  test('that changes nothing is no change', () => {
    const created = store.create(split('web', weights));
    const changes: unknown[] = [];
    store.onChange((change) => changes.push(change));
    const { backends, service: root } = weights;
    expect(store.replace(split('web', { backends, service: root })).metadata.resourceVersion).toBe(created.metadata.resourceVersion);
    expect(changes).toEqual([]);
  });

  test('is refused where somebody else wrote in between, and where it means another object', () => {
    const created = store.create(split('web', weights));
    store.replace(split('web', { ...weights, service: 'other' }));
    expect(refusal(() => store.replace(created))).toMatchObject({ status: 409, reason: 'Conflict', message: expect.stringContaining('Operation cannot be fulfilled on trafficsplits.split.smi-spec.io "web": the object has been modified') });
    expect(refusal(() => store.replace({ ...created, metadata: { name: 'web', namespace: 'shop', uid: 'another' } }))).toMatchObject({ status: 409, message: expect.stringContaining('Precondition failed: UID in precondition: another') });
    expect(store.read(splitRef)?.['spec']).toMatchObject({ service: 'other' });
  });

  test('of an object that is not there is not found', () => {
    expect(refusal(() => store.replace(split('web', weights)))).toMatchObject({ status: 404, reason: 'NotFound', message: 'trafficsplits.split.smi-spec.io "web" not found' });
  });

  test('validates as a create does', () => {
    store.create(split('web', weights));
    expect(refusal(() => store.replace(split('web', { ...weights, backends: 'all' })))).toMatchObject({ status: 422 });
    expect(store.read(splitRef)?.['spec']).toEqual(weights);
  });

  test('keeps the address of a Service, and refuses another', () => {
    const { clusterIP } = store.create(service('a'))['spec'] as { clusterIP: string };
    expect(store.replace(service('a', { ports: [{ port: 81 }] }))['spec']).toMatchObject({ clusterIP, ports: [{ port: 81, targetPort: 81 }] });
    expect(refusal(() => store.replace(service('a', { clusterIP: '10.96.9.9', ports: [{ port: 81 }] })))).toMatchObject({ status: 422, message: expect.stringContaining('field is immutable') });
  });

  test("leaves a status to the controllers, and a Pod's spec as it is", () => {
    const pod = store.create(object('v1', 'Pod', 'p', { spec: { containers: [{ name: 'c', image: 'i' }] } }));
    store.setStatus(pod, { phase: 'Running' });
    const labelled = store.replace({ ...pod, metadata: { name: 'p', namespace: 'shop', labels: { a: 'b' } }, status: { phase: 'Failed' } });
    expect(labelled).toMatchObject({ status: { phase: 'Running' }, metadata: { labels: { a: 'b' }, generation: 1 } });
    expect(refusal(() => store.replace({ ...labelled, spec: { containers: [{ name: 'c', image: 'i', env: [] }] } }))).toMatchObject({ status: 422, message: expect.stringContaining('pod updates may not change fields') });
  });
});

describe('reading', () => {
  test('lists what bears all of the labels, in one namespace or in all, in the order of names', () => {
    store.create(object('v1', 'Namespace', 'attic', {}, {}));
    const map = (name: string, namespace: string, labels: Record<string, string>): void => void store.create(object('v1', 'ConfigMap', name, {}, { namespace, labels }));
    map('b', 'shop', { run: '1', lane: 'x' });
    map('a', 'shop', { run: '1', lane: 'x' });
    map('c', 'shop', { run: '1' });
    map('d', 'attic', { run: '1', lane: 'x' });
    const found = (labels: Record<string, string>, namespace?: string): string[] => store.query({ apiVersion: 'v1', kind: 'ConfigMap', labels, ...(namespace !== undefined && { namespace }) }).map(({ metadata }) => metadata.name);
    expect(found({ run: '1', lane: 'x' })).toEqual(['d', 'a', 'b']);
    expect(found({ run: '1', lane: 'x' }, 'shop')).toEqual(['a', 'b']);
    expect(found({ run: '2' })).toEqual([]);
  });

  test('an unknown kind has no objects to read, and no list', () => {
    expect(store.read({ apiVersion: 'v1', kind: 'Gadget', namespace: 'shop', name: 'a' })).toBeUndefined();
    expect(store.read({ ...splitRef, apiVersion: 'split.smi-spec.io/v1alpha2' })).toBeUndefined();
    expect(refusal(() => store.query({ apiVersion: 'v1', kind: 'Gadget' }))).toMatchObject({ status: 404, isRefusal: false });
  });

  test('what the parts of the cluster see cannot be changed by them', () => {
    store.create(split('web', weights));
    const seen = store.get('TrafficSplit', 'shop', 'web') as KubeObject;
    expect(() => ((seen['spec'] as typeof weights).service = 'x')).toThrow(TypeError);
  });

  test('changes are told in their order, also those that a listener makes', () => {
    const told: string[] = [];
    store.onChange(({ type, object: { kind, metadata } }) => {
      if (type === 'added' && kind === 'ConfigMap') store.create(service(`for-${metadata.name}`));
    });
    const stop = store.onChange(({ type, object: { kind } }) => told.push(`${type} ${kind}`));
    store.create(object('v1', 'ConfigMap', 'a', {}));
    store.remove({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'a' });
    stop();
    store.create(object('v1', 'ConfigMap', 'b', {}));
    expect(told).toEqual(['added ConfigMap', 'added Service', 'removed ConfigMap']);
  });
});
