import { describe, expect, test } from '@jest/globals';
import { correctDecisions as mesh } from '../../../src/reference/dataplane/index.ts';
import type { PodFacts } from '../../../src/reference/contract.ts';

const alice: PodFacts = { namespace: 'ns', name: 'alice-1', serviceAccount: 'alice', labels: { app: 'alice', role: 'reader' }, meshed: true };
const spiffe = 'spiffe://cluster.local/ns/ns/sa/alice';
const identity = { namespace: 'ns', serviceAccount: 'alice', labels: alice.labels, spiffe };
const match = (name: string): { name: string; headers: [] } => ({ name, headers: [] });

describe('identity', () => {
  test('is the account of the pod, never what a request says', () => {
    const forged = { method: 'GET', path: '/', headers: new Map([['x-forwarded-client-cert', 'URI=spiffe://cluster.local/ns/ns/sa/bob']]) };
    expect(mesh.identify(alice, forged)).toEqual(identity);
  });

  test('is nothing outside the mesh', () => {
    expect(mesh.identify({ ...alice, meshed: false })).toBeUndefined();
  });

  test.each([
    [{ kind: 'ServiceAccount', name: 'alice', namespace: 'ns' }, true],
    [{ kind: 'ServiceAccount', name: 'bob', namespace: 'ns' }, false],
    [{ kind: 'ServiceAccount', name: 'alice', namespace: 'elsewhere' }, false],
    [{ kind: 'Group', name: 'alice', namespace: 'ns' }, false],
    [{ kind: 'IdentityBinding', name: 'alice', namespace: 'ns' }, false],
  ])('%j names alice: %s', (subject, expected) => {
    expect(mesh.names(subject, identity, 'source', undefined)).toBe(expected);
  });

  test.each([
    [{ serviceAccount: 'alice' }, true],
    [{ serviceAccount: 'bob' }, false],
    [{ matchLabels: { role: 'reader' } }, true],
    [{ matchLabels: { role: 'reader', app: 'bob' } }, false],
    [{ spiffeIdentities: [spiffe] }, true],
    [{ spiffeIdentities: ['cluster.local/ns/ns/sa/alice'] }, true],
    [{ spiffeIdentities: ['cluster.local/ns/ns/sa/bob'] }, false],
    [{ serviceAccount: 'bob', matchLabels: { role: 'reader' } }, true],
    [{ serviceAccount: 'alice', namespace: 'elsewhere' }, false],
    [{}, false],
  ])('a binding of %j binds alice: %s', (schemes, expected) => {
    const binding = { namespace: 'ns', name: 'b', spiffeIdentities: [], ...schemes };
    expect(mesh.names({ kind: 'IdentityBinding', name: 'b', namespace: binding.namespace }, identity, 'source', binding)).toBe(expected);
  });
});

describe('access', () => {
  const route = { kind: 'HTTPRouteGroup' as const, namespace: 'ns', name: 'g', matches: [match('a'), match('b')] };
  const http = { kind: 'HTTPRouteGroup', name: 'g' };
  const tcp = { kind: 'TCPRoute', name: 't' };
  const udp = { kind: 'UDPRoute', name: 'u' };
  const ports = (kind: 'TCPRoute' | 'UDPRoute', ...list: number[]): { kind: 'TCPRoute' | 'UDPRoute'; namespace: string; name: string; ports: number[] } => ({ kind, namespace: 'ns', name: 't', ports: list });
  const grant = { destination: { kind: 'ServiceAccount', name: 'srv', namespace: 'ns' }, sources: [] };

  test('a target of another namespace than its destination gives nothing', () => {
    const target = { namespace: 'ns', name: 't', destination: grant.destination, rules: [], sources: [] };
    expect(mesh.grants([target], () => ({}))).toHaveLength(1);
    expect(mesh.grants([{ ...target, namespace: 'elsewhere' }], () => ({}))).toEqual([]);
  });

  test.each([
    ['no rules', [], {}],
    ['a rule of an unknown kind', [{ rule: { kind: 'FooRoute', name: 'x' }, route: undefined }], {}],
    ['a group', [{ rule: http, route }], { http: [match('a'), match('b')] }],
    ['two groups', [{ rule: http, route }, { rule: http, route: { ...route, matches: [match('c')] } }], { http: [match('a'), match('b'), match('c')] }],
    ['a group that is not there', [{ rule: http, route: undefined }], { http: [] }],
    ['a TCPRoute and a group', [{ rule: tcp, route: ports('TCPRoute', 1) }, { rule: http, route }], { tcp: [1], http: [match('a'), match('b')] }],
    ['two TCPRoutes', [{ rule: tcp, route: ports('TCPRoute', 1) }, { rule: tcp, route: ports('TCPRoute', 2) }], { tcp: [1, 2] }],
    ['a TCPRoute and one of all ports', [{ rule: tcp, route: ports('TCPRoute', 1) }, { rule: tcp, route: { ...ports('TCPRoute'), ports: 'all' as const } }], { tcp: 'all' }],
    ['a TCPRoute that is not there', [{ rule: tcp, route: undefined }], { tcp: [] }],
    ['both transports', [{ rule: tcp, route: ports('TCPRoute', 1) }, { rule: udp, route: ports('UDPRoute', 2) }], { tcp: [1], udp: [2] }],
  ])('%s come to layers', (_what, rules, layers) => {
    expect(mesh.layers(rules)).toEqual(layers);
  });

  test('a rule means the matches that it names, and all where it names none', () => {
    expect(mesh.matchesOf({ ...http, matches: ['b', 'missing'] }, route.matches)).toEqual([match('b')]);
    expect(mesh.matchesOf(http, route.matches)).toEqual(route.matches);
  });

  test.each([
    ['no layer', {}, 'tcp', {}, 'closed'],
    ['TCP, the port listed', { tcp: [1] }, 'tcp', { tcp: true }, 'open'],
    ['TCP, the port not listed', { tcp: [1] }, 'tcp', { tcp: false }, 'closed'],
    ['HTTP', { http: [match('a')] }, 'tcp', {}, [match('a')]],
    ['HTTP on a port that TCP lists', { http: [match('a')], tcp: [1] }, 'tcp', { tcp: true }, [match('a')]],
    ['HTTP on a port that TCP does not list', { http: [match('a')], tcp: [1] }, 'tcp', { tcp: false }, 'closed'],
    ['TCP, for a datagram', { tcp: [1] }, 'udp', { tcp: true }, 'closed'],
    ['HTTP, for a datagram', { http: [match('a')] }, 'udp', {}, 'closed'],
    ['UDP, for a datagram', { udp: [1] }, 'udp', { udp: true }, 'open'],
    ['UDP, for a connection', { udp: [1] }, 'tcp', { udp: true }, 'closed'],
    ['another port of the destination', { tcp: 'all', port: 2 }, 'tcp', { tcp: true }, 'closed'],
    ['the port of the destination', { tcp: 'all', port: 1 }, 'tcp', { tcp: true }, 'open'],
  ] as const)('a grant of %s', (_what, layers, transport, listed, passage) => {
    expect(mesh.passage({ ...grant, ...layers }, { transport, port: 1 }, listed)).toEqual(passage);
  });

  test('permissions add up', () => {
    const call = { transport: 'tcp', port: 1 } as const;
    expect(mesh.authorise([], call, identity)).toBe('closed');
    expect(mesh.authorise(['closed', []], call, identity)).toBe('closed');
    expect(mesh.authorise([[match('a')], 'closed', [match('b')]], call, identity)).toEqual([match('a'), match('b')]);
    expect(mesh.authorise([[match('a')], 'open'], call, identity)).toBe('open');
  });

  test('an empty list of ports is decoded as all, and a list is what it lists', () => {
    expect(mesh.portListed('all', 9)).toBe(true);
    expect(mesh.portListed([8], 9)).toBe(false);
  });
});

describe('routes', () => {
  test.each([
    ['/metrics', '/metrics', true],
    ['/metrics', '/metrics/sub', true],
    ['/metrics', '/foo/metrics', false],
    ['/a|/b', '/zzz/b', false],
    ['/a|/b', '/b', true],
    ['/item/[0-9]+', '/item/42', true],
    ['/item/[0-9]+', '/item/[0-9]+', false],
    ['.*', '/', true],
    ['/METRICS', '/metrics', false],
    ['/([', '/([', false],
  ])('the path expression %s takes %s: %s', (regex, path, expected) => {
    expect(mesh.pathMatcher(regex)(path)).toBe(expected);
  });

  test.each([
    ['.*beta.*', '1-beta-2', true],
    ['beta', '1-beta-2', true],
    ['^beta$', '1-beta-2', false],
    ['^(.*?;)?(type=insider)(;.*)?$', 'a=b;type=insider;c=d', true],
    ['([', '([', false],
  ])('the header expression %s takes %s: %s', (regex, value, expected) => {
    expect(mesh.headerMatcher(regex)(value)).toBe(expected);
  });

  test.each([[['GET', 'PUT'], 'PUT', true], [['GET'], 'POST', false], [['*'], 'PATCH', true]])('the methods %j have %s: %s', (methods, method, expected) => {
    expect(mesh.methodListed(methods, method)).toBe(expected);
  });

  test('conditions of one match hold together; matches are alternatives', () => {
    const outcome = (path: boolean, method: boolean, headers = true): { path: boolean; method: boolean; headers: boolean } => ({ path, method, headers });
    expect(mesh.matchRoute([])).toBe(false);
    expect(mesh.matchRoute([outcome(true, false), outcome(false, true)])).toBe(false);
    expect(mesh.matchRoute([outcome(true, true, false)])).toBe(false);
    expect(mesh.matchRoute([outcome(false, false), outcome(true, true)])).toBe(true);
    expect(mesh.headersHold([true, false])).toBe(false);
    expect(mesh.headersHold([true, true])).toBe(true);
  });

  test('a route is found by kind, namespace and name', () => {
    const one = { kind: 'TCPRoute' as const, namespace: 'ns', name: 'r', ports: 'all' as const };
    const other = { kind: 'HTTPRouteGroup' as const, namespace: 'ns', name: 'r', matches: [] };
    const far = { ...one, namespace: 'elsewhere' };
    expect(mesh.findRoute([far, other, one], { kind: 'TCPRoute', namespace: 'ns', name: 'r' })).toBe(one);
    expect(mesh.findRoute([far, other], { kind: 'TCPRoute', namespace: 'ns', name: 'r' })).toBeUndefined();
  });
});

describe('splits', () => {
  const called = { name: 'http', port: 8080, targetPort: 8080, transport: 'tcp', speaks: 'http' } as const;
  const caller = { namespace: 'ns', name: 'caller-1', serviceAccount: 'caller', labels: {}, meshed: true };
  const split = (namespace: string, service: string, name: string): { namespace: string; service: string; name: string; backends: [] } => ({ namespace, service, name, backends: [] });

  test('a root is under the oldest split that names it in its namespace', () => {
    const splits = [split('elsewhere', 'web', 'far'), split('ns', 'other', 'o'), split('ns', 'web', 'first'), split('ns', 'web', 'second')];
    const root = (name: string): Parameters<typeof mesh.splitOf>[1] => ({ namespace: 'ns', name, type: 'ClusterIP', selector: {}, ports: [called] });
    expect(mesh.splitOf(splits, root('web'), called)?.name).toBe('first');
    expect(mesh.splitOf(splits, root('none'), called)).toBeUndefined();
  });

  test('matches keep a split to the requests that they take', () => {
    const matched = { ...split('ns', 'web', 's'), matches: ['g'] };
    expect([true, false, undefined].map((taken) => mesh.applies(matched, taken, { caller, host: 'web' }))).toEqual([true, false, false]);
    expect(mesh.applies(split('ns', 'web', 's'), undefined, { caller, host: 'web' })).toBe(true);
  });

  const shares = [{ service: 'a', weight: 60 }, { service: 'b', weight: 30 }, { service: 'c', weight: 10 }];
  test.each([[0, 'a'], [0.5999, 'a'], [0.6, 'b'], [0.8999, 'b'], [0.9, 'c'], [1 - 2 ** -53, 'c']])('of 60, 30 and 10 the draw %d falls to %s', (draw, to) => {
    expect(mesh.balance(shares, draw, caller)?.service).toBe(to);
  });

  test('a weight of 0 gets nothing, at either end of the draw', () => {
    const left = mesh.shares(split('ns', 'web', 's'), [{ service: 'none', weight: 0 }, { service: 'a', weight: 1 }, { service: 'zero', weight: 0 }]);
    expect(left).toEqual([{ service: 'a', weight: 1 }]);
    expect(mesh.balance([{ service: 'none', weight: 0 }, { service: 'a', weight: 1 }], 0, caller)?.service).toBe('a');
    expect(mesh.balance([], 0.5, caller)).toBeUndefined();
  });
});

describe('endpoints', () => {
  const web = { namespace: 'ns', name: 'web', type: 'ClusterIP', selector: { app: 'web' }, ports: [] };
  const one = { namespace: 'ns', name: 'web-1', labels: { app: 'web', version: 'v1' }, ready: true, portNames: {} };

  test('are the ready pods that the selector picks in the namespace', () => {
    const pods = [one, { ...one, ready: false }, { ...one, namespace: 'elsewhere' }, { ...one, labels: { app: 'other' } }];
    expect(mesh.endpoints(web, pods)).toEqual([one]);
    expect(mesh.endpoints({ ...web, selector: {} }, pods)).toEqual([]);
  });

  test('are drawn alike', () => {
    expect([0, 0.24, 0.25, 0.5, 0.99].map((draw) => mesh.choose(4, draw))).toEqual([0, 0, 1, 2, 3]);
  });

  test('are called at the target port of their own Service, found by number and transport', () => {
    const port = (number: number, transport: 'tcp' | 'udp', targetPort: number): { name: string; port: number; targetPort: number; transport: 'tcp' | 'udp'; speaks: undefined } => ({ name: `p${targetPort}`, port: number, targetPort, transport, speaks: undefined });
    const ports = [port(80, 'udp', 1), port(80, 'tcp', 2)];
    expect(mesh.portOf({ ...web, ports }, { port: 80, transport: 'tcp' })).toBe(ports[1]);
    expect(mesh.portOf({ ...web, ports }, { port: 81, transport: 'tcp' })).toBeUndefined();
    expect(mesh.targetPort(port(80, 'tcp', 8081), port(80, 'tcp', 8080))).toBe(8081);
  });
});
