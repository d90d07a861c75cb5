import { describe, expect, test } from '@jest/globals';
import { versions } from '../../../src/model/specification.ts';
import type { KubeObject } from '../../../src/cluster/port.ts';
import { without } from '../../../src/reference/store/without.ts';
import { group, object, openStore, refusal, split, target } from './objects.ts';

const everything = { access: versions, specs: versions, split: versions };
const account = (name: string): object => ({ kind: 'ServiceAccount', name, namespace: 'shop' });
const webRule = { kind: 'HTTPRouteGroup', name: 'web', matches: ['all'] };
const legacyTarget = (fields: object): KubeObject => object('access.smi-spec.io/v1alpha1', 'TrafficTarget', 'a', fields as Record<string, unknown>);
const legacyGroup = (version: string, matches: unknown): KubeObject => object(`specs.smi-spec.io/${version}`, 'HTTPRouteGroup', 'a', { matches });
const tcpRoute = (version: string, fields: Record<string, unknown>): KubeObject => object(`specs.smi-spec.io/${version}`, 'TCPRoute', 'a', fields);

describe('discovery', () => {
  test("serves the latest release's versions where nothing else is asked for", () => {
    expect(openStore().served().map(({ group: name, version, kind }) => `${name}/${version} ${kind}`).sort()).toEqual([
      'access.smi-spec.io/v1alpha3 TrafficTarget',
      'specs.smi-spec.io/v1alpha4 HTTPRouteGroup',
      'specs.smi-spec.io/v1alpha4 TCPRoute',
      'specs.smi-spec.io/v1alpha4 UDPRoute',
      'split.smi-spec.io/v1alpha4 TrafficSplit',
    ]);
  });

  test('serves a kind in the versions that define it only, and no group that is left out', () => {
    const served = openStore({ served: { access: versions, specs: ['v1alpha1', 'v1alpha4'], split: [] } }).served();
    const of = (kind: string): string[] => served.filter((api) => api.kind === kind).map(({ version }) => version);
    expect(of('TrafficTarget')).toEqual([...versions]);
    expect(of('IdentityBinding')).toEqual(['v1alpha4']);
    expect(of('UDPRoute')).toEqual(['v1alpha4']);
    expect(of('TCPRoute')).toEqual(['v1alpha1', 'v1alpha4']);
    expect(of('TrafficSplit')).toEqual([]);
  });

  test('has an established definition for each kind, which says what is served', () => {
    const definition = openStore({ served: { split: ['v1alpha2', 'v1alpha4'] } }).read({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'trafficsplits.split.smi-spec.io' });
    expect(definition).toMatchObject({
      spec: { group: 'split.smi-spec.io', scope: 'Namespaced', names: { kind: 'TrafficSplit', plural: 'trafficsplits', singular: 'trafficsplit', shortNames: ['ts'] } },
      status: { conditions: expect.arrayContaining([expect.objectContaining({ type: 'Established', status: 'True' })]) },
    });
    const { versions: listed } = (definition as KubeObject)['spec'] as { versions: { name: string; served: boolean; storage: boolean; schema: object }[] };
    expect(listed.filter(({ served }) => served).map(({ name }) => name)).toEqual(['v1alpha2', 'v1alpha4']);
    expect(listed.filter(({ storage }) => storage).map(({ name }) => name)).toEqual(['v1alpha4']);
    expect(listed.every(({ schema }) => 'openAPIV3Schema' in schema)).toBe(true);
  });
});

describe('validation by version', () => {
  test.each<[string, KubeObject, string]>([
    ['a target without a destination', target('a', { sources: [], rules: [] }), 'TrafficTarget.access.smi-spec.io "a" is invalid: spec.destination: Required value'],
    ['a target without rules and sources', target('a', { destination: account('srv') }), 'TrafficTarget.access.smi-spec.io "a" is invalid: [spec.rules: Required value, spec.sources: Required value]'],
    ['a subject without a name', target('a', { destination: account('srv'), rules: [], sources: [{ kind: 'ServiceAccount' }] }), 'TrafficTarget.access.smi-spec.io "a" is invalid: spec.sources[0].name: Required value'],
    ['a rule of no route kind', target('a', { destination: account('srv'), sources: [], rules: [{ kind: 'FooRoute', name: 'x' }] }), 'TrafficTarget.access.smi-spec.io "a" is invalid: spec.rules[0].kind: Unsupported value: "FooRoute": supported values: "HTTPRouteGroup", "TCPRoute", "UDPRoute"'],
    ['UDPRoute as a rule before v1alpha3', target('a', { destination: account('srv'), rules: [{ kind: 'UDPRoute', name: 'x' }] }, 'v1alpha2'), 'TrafficTarget.access.smi-spec.io "a" is invalid: spec.rules[0].kind: Unsupported value: "UDPRoute": supported values: "HTTPRouteGroup", "TCPRoute"'],
    ['a v1alpha1 target without a destination', legacyTarget({ specs: [], sources: [] }), 'TrafficTarget.access.smi-spec.io "a" is invalid: destination: Required value'],
    ['a port that cannot be', legacyTarget({ destination: { ...account('srv'), port: 70000 } }), 'TrafficTarget.access.smi-spec.io "a" is invalid: destination.port: Invalid value: 70000: destination.port in body should be less than or equal to 65535'],
    ['a method that is none', group('a', { matches: [{ name: 'm', methods: ['FETCH'] }] }), 'HTTPRouteGroup.specs.smi-spec.io "a" is invalid: spec.matches[0].methods[0]: Unsupported value: "FETCH": supported values: "*", "GET", "HEAD", "PUT", "POST", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"'],
    ['a match without a name', group('a', { matches: [{ pathRegex: '/' }] }), 'HTTPRouteGroup.specs.smi-spec.io "a" is invalid: spec.matches[0].name: Required value'],
    ['headers as a map', group('a', { matches: [{ name: 'm', headers: { a: 'b' } }] }), 'HTTPRouteGroup.specs.smi-spec.io "a" is invalid: spec.matches[0].headers: Invalid value: "object": spec.matches[0].headers in body must be of type array: "object"'],
    ['a v1alpha1 match without a path and methods', legacyGroup('v1alpha1', [{ name: 'm' }]), 'HTTPRouteGroup.specs.smi-spec.io "a" is invalid: [matches[0].methods: Required value, matches[0].pathRegex: Required value]'],
    ['a v1alpha4 route of ports without any', tcpRoute('v1alpha4', { spec: { matches: {} } }), 'TCPRoute.specs.smi-spec.io "a" is invalid: spec.matches.ports: Required value'],
    ['a weight in words', split('a', { service: 'web', backends: [{ service: 'b', weight: '50' }] }), 'TrafficSplit.split.smi-spec.io "a" is invalid: spec.backends[0].weight: Invalid value: "string": spec.backends[0].weight in body must be of type integer: "string"'],
    ['a broken weight', split('a', { service: 'web', backends: [{ service: 'b', weight: 0.5 }] }), 'TrafficSplit.split.smi-spec.io "a" is invalid: spec.backends[0].weight: Invalid value: "number": spec.backends[0].weight in body must be of type integer: "number"'],
    ['a weight below nought', split('a', { service: 'web', backends: [{ service: 'b', weight: -1 }] }), 'TrafficSplit.split.smi-spec.io "a" is invalid: spec.backends[0].weight: Invalid value: -1: spec.backends[0].weight in body should be greater than or equal to 0'],
    ['a percentage as a quantity', split('a', { service: 'web', backends: [{ service: 'b', weight: '50%' }] }, 'v1alpha1'), 'TrafficSplit.split.smi-spec.io "a" is invalid: spec.backends[0].weight: Invalid value: "50%": spec.backends[0].weight in body should match '],
    ['matches of a split of a kind that is no group', split('a', { service: 'web', backends: [], matches: [{ kind: 'TCPRoute', name: 'x' }] }), 'TrafficSplit.split.smi-spec.io "a" is invalid: spec.matches[0].kind: Unsupported value: "TCPRoute": supported values: "HTTPRouteGroup"'],
  ])('refuses %s', (_what, sent, message) => {
    expect(refusal(() => openStore({ served: everything }).create(sent))).toMatchObject({ status: 422, reason: 'Invalid', isRefusal: true, message: expect.stringContaining(message) });
  });

  test.each<[string, KubeObject]>([
    ['a v1alpha1 target of a destination alone', legacyTarget({ destination: account('srv') })],
    ['a match by headers from v1alpha2', legacyGroup('v1alpha2', [{ name: 'm', headers: [{ a: 'b' }] }])],
    ['a TCPRoute of v1alpha1', tcpRoute('v1alpha1', {})],
    ['a TCPRoute of v1alpha4 for all ports', tcpRoute('v1alpha4', { spec: { matches: { ports: [] } } })],
    ['a split without a spec', object('split.smi-spec.io/v1alpha4', 'TrafficSplit', 'a', {})],
    ['a quantity', split('a', { service: 'web', backends: [{ service: 'b', weight: '500m' }, { service: 'c', weight: 1 }] }, 'v1alpha1')],
  ])('takes %s', (_what, sent) => {
    expect(openStore({ served: everything }).create(sent)).toMatchObject(fieldsOf(sent));
  });

  test.each<[string, KubeObject, object]>([
    ['a port of a destination from v1alpha3', target('a', { destination: { ...account('srv'), port: 80 }, rules: [], sources: [] }), { spec: { destination: account('srv'), rules: [], sources: [] } }],
    ['headers of v1alpha1', legacyGroup('v1alpha1', [{ name: 'm', pathRegex: '/', methods: ['*'], headers: [{ a: 'b' }] }]), { matches: [{ name: 'm', pathRegex: '/', methods: ['*'] }] }],
    ['ports of a route before v1alpha4', tcpRoute('v1alpha3', { spec: { matches: { ports: [80] } } }), { spec: {} }],
    ['matches of a split before v1alpha3', split('a', { service: 'web', backends: [], matches: [{ kind: 'HTTPRouteGroup', name: 'x' }] }, 'v1alpha2'), { spec: { service: 'web', backends: [] } }],
    ['a status, and nulls', { ...split('a', { service: 'web', backends: [], matches: null }), status: { phase: 'x' } }, { spec: { service: 'web', backends: [] } }],
  ])('drops %s', (_what, sent, kept) => {
    expect(fieldsOf(openStore({ served: everything }).create(sent))).toEqual(kept);
  });
});

describe('conversion between served versions', () => {
  const inVersion = (sent: KubeObject, apiVersion: string): Record<string, unknown> => {
    const store = openStore({ served: everything });
    store.create(sent);
    const read = store.read({ apiVersion, kind: sent.kind, namespace: 'shop', name: 'a' });
    expect(store.query({ apiVersion, kind: sent.kind })).toEqual([read]);
    return { apiVersion: read?.apiVersion, ...fieldsOf(read as KubeObject) };
  };

  test.each<[string, KubeObject, Record<string, unknown>]>([
    ['a target of v1alpha1 in v1alpha3, which has no place for a port', legacyTarget({ destination: { ...account('srv'), port: 80 }, specs: [webRule], sources: [account('cli')] }),
      { apiVersion: 'access.smi-spec.io/v1alpha3', spec: { destination: account('srv'), rules: [webRule], sources: [account('cli')] } }],
    ['a target of v1alpha1 in v1alpha2, with its port', legacyTarget({ destination: { ...account('srv'), port: 80 }, specs: [webRule], sources: [account('cli')] }),
      { apiVersion: 'access.smi-spec.io/v1alpha2', spec: { destination: { ...account('srv'), port: 80 }, rules: [webRule], sources: [account('cli')] } }],
    ['a target of v1alpha3 in v1alpha1', target('a', { destination: account('srv'), rules: [webRule], sources: [account('cli')] }),
      { apiVersion: 'access.smi-spec.io/v1alpha1', destination: account('srv'), specs: [webRule], sources: [account('cli')] }],
    ['a group of v1alpha4 in v1alpha2', group('a', { matches: [{ name: 'm', headers: [{ a: 'b' }] }] }),
      { apiVersion: 'specs.smi-spec.io/v1alpha2', matches: [{ name: 'm', headers: [{ a: 'b' }] }] }],
    ['a group of v1alpha4 in v1alpha1, which asks for path and methods', group('a', { matches: [{ name: 'm' }, { name: 'n', pathRegex: '/n', methods: ['GET'] }] }),
      { apiVersion: 'specs.smi-spec.io/v1alpha1', matches: [{ name: 'm', pathRegex: '.*', methods: ['*'] }, { name: 'n', pathRegex: '/n', methods: ['GET'] }] }],
    ['a group of v1alpha1 in v1alpha3', legacyGroup('v1alpha1', [{ name: 'm', pathRegex: '/', methods: ['GET'] }]),
      { apiVersion: 'specs.smi-spec.io/v1alpha3', spec: { matches: [{ name: 'm', pathRegex: '/', methods: ['GET'] }] } }],
    ['a TCPRoute of v1alpha1 in v1alpha4', tcpRoute('v1alpha1', {}), { apiVersion: 'specs.smi-spec.io/v1alpha4', spec: { matches: { ports: [] } } }],
    ['a TCPRoute of v1alpha4 in v1alpha3', tcpRoute('v1alpha4', { spec: { matches: { ports: [80] } } }), { apiVersion: 'specs.smi-spec.io/v1alpha3', spec: {} }],
    ['quantities of one unit as they are', split('a', { service: 'w', backends: [{ service: 'b', weight: '75' }, { service: 'c', weight: 25 }] }, 'v1alpha1'),
      { apiVersion: 'split.smi-spec.io/v1alpha4', spec: { service: 'w', backends: [{ service: 'b', weight: 75 }, { service: 'c', weight: 25 }] } }],
    ['quantities of mixed units in their ratio', split('a', { service: 'w', backends: [{ service: 'b', weight: '1.5' }, { service: 'c', weight: '500m' }, { service: 'd', weight: '0' }] }, 'v1alpha1'),
      { apiVersion: 'split.smi-spec.io/v1alpha2', spec: { service: 'w', backends: [{ service: 'b', weight: 3 }, { service: 'c', weight: 1 }, { service: 'd', weight: 0 }] } }],
    ['whole weights in v1alpha1', split('a', { service: 'w', backends: [{ service: 'b', weight: 3 }] }), { apiVersion: 'split.smi-spec.io/v1alpha1', spec: { service: 'w', backends: [{ service: 'b', weight: 3 }] } }],
    ['a split of v1alpha4 in v1alpha2, which knows no matches', split('a', { service: 'w', backends: [], matches: [{ kind: 'HTTPRouteGroup', name: 'g' }] }), { apiVersion: 'split.smi-spec.io/v1alpha2', spec: { service: 'w', backends: [] } }],
  ])('reads %s', (_what, sent, expected) => {
    expect(inVersion(sent, String(expected['apiVersion']))).toEqual(expected);
  });

  test('stores what was written last, in the version in which it was written', () => {
    const store = openStore({ served: everything });
    store.create(split('a', { service: 'w', backends: [{ service: 'b', weight: '500m' }] }, 'v1alpha1'));
    expect(store.get('TrafficSplit', 'shop', 'a')?.apiVersion).toBe('split.smi-spec.io/v1alpha1');
    store.replace(split('a', { service: 'w', backends: [{ service: 'b', weight: 7 }] }, 'v1alpha3'));
    expect(store.get('TrafficSplit', 'shop', 'a')?.apiVersion).toBe('split.smi-spec.io/v1alpha3');
    expect(store.read({ apiVersion: 'split.smi-spec.io/v1alpha1', kind: 'TrafficSplit', namespace: 'shop', name: 'a' })?.['spec']).toMatchObject({ backends: [{ weight: 7 }] });
  });
});

function fieldsOf(object: KubeObject): Record<string, unknown> {
  return without(object, 'apiVersion', 'kind', 'metadata');
}
