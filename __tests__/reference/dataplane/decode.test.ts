import { describe, expect, test } from '@jest/globals';
import { decodeIdentityBinding, decodePod, decodeRoute, decodeService, decodeTrafficSplit, decodeTrafficTarget } from '../../../src/reference/dataplane/decode/index.ts';
import { object } from './test-store.ts';

const access = (version: string): string => `access.smi-spec.io/${version}`;
const specs = (version: string): string => `specs.smi-spec.io/${version}`;
const split = (version: string): string => `split.smi-spec.io/${version}`;
const names = { namespace: 'ns', name: 'x' };

describe('a TrafficTarget', () => {
  const destination = { kind: 'ServiceAccount', name: 'srv', namespace: 'ns', port: 8080 };
  const sources = [{ kind: 'ServiceAccount', name: 'alice', namespace: 'other' }];
  const rules = [{ kind: 'HTTPRouteGroup', name: 'routes', matches: ['api'] }];
  const parts = { ...names, destination: { kind: 'ServiceAccount', name: 'srv', namespace: 'ns' }, rules, sources };

  test('of v1alpha1 has its parts at the top, and a port', () => {
    expect(decodeTrafficTarget(object(access('v1alpha1'), 'TrafficTarget', 'x', { destination, specs: rules, sources }))).toEqual({ ...parts, port: 8080 });
  });

  test('of v1alpha1 has nothing in spec', () => {
    expect(decodeTrafficTarget(object(access('v1alpha1'), 'TrafficTarget', 'x', { spec: { destination, rules, sources } }))).toMatchObject({ rules: [], sources: [] });
  });

  test('of v1alpha2 has its parts in spec, and a port', () => {
    expect(decodeTrafficTarget(object(access('v1alpha2'), 'TrafficTarget', 'x', { spec: { destination, rules, sources } }))).toEqual({ ...parts, port: 8080 });
  });

  test.each(['v1alpha3', 'v1alpha4'])('of %s has no port', (version) => {
    expect(decodeTrafficTarget(object(access(version), 'TrafficTarget', 'x', { spec: { destination, rules, sources } }))).toEqual(parts);
  });

  test('takes subjects without a namespace for its own, and an empty list of matches for none', () => {
    const spec = { destination: { kind: 'ServiceAccount', name: 'srv' }, rules: [{ kind: 'HTTPRouteGroup', name: 'g', matches: [] }], sources: [{ kind: 'ServiceAccount', name: 'alice' }] };
    expect(decodeTrafficTarget(object(access('v1alpha3'), 'TrafficTarget', 'x', { spec }))).toEqual({
      ...names,
      destination: { kind: 'ServiceAccount', name: 'srv', namespace: 'ns' },
      rules: [{ kind: 'HTTPRouteGroup', name: 'g' }],
      sources: [{ kind: 'ServiceAccount', name: 'alice', namespace: 'ns' }],
    });
  });

  test('without any of its parts names nobody', () => {
    expect(decodeTrafficTarget(object(access('v1alpha3'), 'TrafficTarget', 'x', {}))).toEqual({ ...names, destination: { kind: '', name: '', namespace: 'ns' }, rules: [], sources: [] });
  });
});

describe('an IdentityBinding', () => {
  test('has its schemes', () => {
    const schemes = { podLabelSelector: { matchLabels: { role: 'reader' } }, serviceAccount: 'alice', spiffeIdentities: ['cluster.local/ns/ns/sa/bob'] };
    expect(decodeIdentityBinding(object(access('v1alpha4'), 'IdentityBinding', 'x', { spec: { schemes } }))).toEqual({
      ...names, matchLabels: { role: 'reader' }, serviceAccount: 'alice', spiffeIdentities: ['cluster.local/ns/ns/sa/bob'],
    });
  });

  test('with an empty selector selects by it nothing', () => {
    expect(decodeIdentityBinding(object(access('v1alpha4'), 'IdentityBinding', 'x', { spec: { schemes: { podLabelSelector: {} } } }))).toEqual({ ...names, spiffeIdentities: [] });
  });
});

describe('an HTTPRouteGroup', () => {
  const match = { name: 'm', pathRegex: '/a', methods: ['GET'], headers: { 'X-Ver': 'beta' } };
  const decoded = { name: 'm', pathRegex: '/a', methods: ['GET'], headers: [['x-ver', 'beta']] };

  test.each([
    ['v1alpha1', { matches: [match] }, [{ ...decoded, headers: [] }]],
    ['v1alpha2', { matches: [match] }, [decoded]],
    ['v1alpha3', { spec: { matches: [match] } }, [decoded]],
    ['v1alpha4', { spec: { matches: [match] } }, [decoded]],
    ['v1alpha2', { spec: { matches: [match] } }, []],
    ['v1alpha4', { matches: [match] }, []],
  ])('of %s written as %j has the matches %j', (version, fields, matches) => {
    expect(decodeRoute(object(specs(version), 'HTTPRouteGroup', 'x', fields))).toEqual({ kind: 'HTTPRouteGroup', ...names, matches });
  });

  test('may list its header filters one by one', () => {
    const matches = [{ name: 'm', headers: [{ 'X-Ver': 'beta' }, { cookie: 'a', 'user-agent': 'b' }] }];
    expect(decodeRoute(object(specs('v1alpha4'), 'HTTPRouteGroup', 'x', { spec: { matches } }))).toMatchObject({
      matches: [{ name: 'm', headers: [['x-ver', 'beta'], ['cookie', 'a'], ['user-agent', 'b']] }],
    });
  });

  test('leaves out what a match does not say', () => {
    expect(decodeRoute(object(specs('v1alpha4'), 'HTTPRouteGroup', 'x', { spec: { matches: [{ name: 'm' }] } }))).toEqual({ kind: 'HTTPRouteGroup', ...names, matches: [{ name: 'm', headers: [] }] });
  });
});

describe('a route by ports', () => {
  test.each([
    ['TCPRoute', 'v1alpha1', {}, 'all'],
    ['TCPRoute', 'v1alpha2', {}, 'all'],
    ['TCPRoute', 'v1alpha3', { spec: { matches: { ports: [7070] } } }, 'all'],
    ['TCPRoute', 'v1alpha4', { spec: { matches: { ports: [7070, 7071] } } }, [7070, 7071]],
    ['TCPRoute', 'v1alpha4', { spec: { matches: { ports: [] } } }, 'all'],
    ['TCPRoute', 'v1alpha4', { spec: {} }, 'all'],
    ['UDPRoute', 'v1alpha4', { spec: { matches: { ports: [53] } } }, [53]],
  ])('%s of %s written as %j has the ports %j', (kind, version, fields, ports) => {
    expect(decodeRoute(object(specs(version), kind, 'x', fields))).toEqual({ kind, ...names, ports });
  });
});

describe('a TrafficSplit', () => {
  const backends = [{ service: 'v1', weight: 75 }, { service: 'v2', weight: 25 }];
  const matches = [{ kind: 'HTTPRouteGroup', name: 'firefox' }];

  test.each([
    ['v1alpha2', undefined],
    ['v1alpha3', ['firefox']],
    ['v1alpha4', ['firefox']],
  ])('of %s has the matches %j', (version, expected) => {
    expect(decodeTrafficSplit(object(split(version), 'TrafficSplit', 'x', { spec: { service: 'web', backends, matches } }))).toEqual({
      ...names, service: 'web', backends, ...(expected && { matches: expected }),
    });
  });

  test.each([['500m', 0.5], ['1500m', 1.5], [1, 1], ['1', 1], ['0m', 0], ['2k', 2000], ['1e3', 1000], ['1Ki', 1024], ['50%', 0], [-1, 0], [undefined, 0]])('of v1alpha1 takes the weight %j for %d', (weight, expected) => {
    expect(decodeTrafficSplit(object(split('v1alpha1'), 'TrafficSplit', 'x', { spec: { service: 'web', backends: [{ service: 'v1', weight }] } })).backends).toEqual([{ service: 'v1', weight: expected }]);
  });

  test('of v1alpha4 knows no quantities', () => {
    expect(decodeTrafficSplit(object(split('v1alpha4'), 'TrafficSplit', 'x', { spec: { service: 'web', backends: [{ service: 'v1', weight: '500m' }] } })).backends).toEqual([{ service: 'v1', weight: 0 }]);
  });

  test('with an empty list of matches applies to everybody', () => {
    expect(decodeTrafficSplit(object(split('v1alpha4'), 'TrafficSplit', 'x', { spec: { service: 'web', backends, matches: [] } }))).not.toHaveProperty('matches');
  });

  test.each([['web', 'web'], ['web.ns.svc.cluster.local', 'web'], ['web.ns', 'web'], ['web.elsewhere', 'web.elsewhere']])('named for the root %s is of %s', (root, expected) => {
    expect(decodeTrafficSplit(object(split('v1alpha4'), 'TrafficSplit', 'x', { spec: { service: root, backends } })).service).toBe(expected);
  });
});

describe('a Service', () => {
  test.each([
    [{ name: 'http-web', port: 80 }, 'http'],
    [{ name: 'http', port: 80 }, 'http'],
    [{ name: 'httpd', port: 80 }, undefined],
    [{ name: 'tcp-db', port: 80 }, 'tcp'],
    [{ name: 'web', port: 80, appProtocol: 'HTTP' }, 'http'],
    [{ name: 'http-web', port: 80, appProtocol: 'tcp' }, 'tcp'],
    [{ name: 'db', port: 80 }, undefined],
  ])('with the port %j speaks %s', (port, speaks) => {
    expect(decodeService(object('v1', 'Service', 'x', { spec: { ports: [port] } })).ports[0]?.speaks).toBe(speaks);
  });

  test('has its address, selector and target ports', () => {
    const spec = { clusterIP: '10.96.0.10', selector: { app: 'web' }, ports: [{ name: 'a', port: 80, targetPort: 'web' }, { name: 'b', port: 53, targetPort: 5353, protocol: 'UDP' }, { name: 'c', port: 90 }] };
    expect(decodeService(object('v1', 'Service', 'x', { spec }))).toEqual({
      ...names,
      clusterIP: '10.96.0.10',
      type: 'ClusterIP',
      selector: { app: 'web' },
      ports: [
        { name: 'a', port: 80, targetPort: 'web', transport: 'tcp', speaks: undefined },
        { name: 'b', port: 53, targetPort: 5353, transport: 'udp', speaks: undefined },
        { name: 'c', port: 90, targetPort: 90, transport: 'tcp', speaks: undefined },
      ],
    });
  });

  test('without a head has no address', () => {
    expect(decodeService(object('v1', 'Service', 'x', { spec: { clusterIP: 'None' } }))).not.toHaveProperty('clusterIP');
  });
});

describe('a Pod', () => {
  const spec = { containers: [{ ports: [{ name: 'web', containerPort: 8080 }, { containerPort: 9090 }] }, {}] };
  const ready = { conditions: [{ type: 'Ready', status: 'True' }] };

  test('is ready by its condition and has ports by name', () => {
    expect(decodePod(object('v1', 'Pod', 'x', { spec, status: ready }))).toEqual({ ...names, labels: {}, ready: true, portNames: { web: 8080 } });
  });

  test('is not ready before it says so, nor on its way out', () => {
    const leaving = object('v1', 'Pod', 'x', { spec, status: ready });
    expect(decodePod(object('v1', 'Pod', 'x', { spec })).ready).toBe(false);
    expect(decodePod({ ...leaving, metadata: { ...leaving.metadata, deletionTimestamp: '2030-01-01T00:00:00Z' } }).ready).toBe(false);
  });
});
