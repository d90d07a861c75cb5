import { describe, expect, test } from '@jest/globals';
import type { PodFacts } from '../../../src/reference/contract.ts';
import { correctDecisions, createDataPlane } from '../../../src/reference/dataplane/index.ts';
import type { DataPlane, RequestHead } from '../../../src/reference/dataplane/index.ts';
import { createTestStore, everything, httpRouteGroup, object, pod, service, tcpRoute, trafficSplit, trafficTarget } from './test-store.ts';
import type { TestStore } from './test-store.ts';

const get = (path: string, headers: Record<string, string> = {}): RequestHead => ({ method: 'GET', path, headers: new Map(Object.entries(headers)) });
const facts = (name: string): PodFacts => ({ namespace: 'ns', name: `${name}-1`, serviceAccount: name, labels: { app: name }, meshed: true });
const [alice, bob, srv] = [facts('alice'), facts('bob'), facts('srv')];

describe('access', () => {
  const at = (plane: DataPlane, from: PodFacts, port = 8080): ReturnType<DataPlane['passage']> => plane.passage(from, srv, { transport: 'tcp', port });
  const may = (plane: DataPlane, from: PodFacts, request: RequestHead): boolean => {
    const passage = at(plane, from);
    return typeof passage !== 'string' && plane.takes(passage, request);
  };

  test('is closed until a TrafficTarget opens it, in whatever order the objects come, and again when it goes', () => {
    const store = createTestStore();
    const plane = createDataPlane(store, correctDecisions);
    store.put(everything);
    expect(at(plane, alice)).toBe('closed');
    store.put(trafficTarget('t'));
    expect(may(plane, alice, get('/x'))).toBe(true);
    expect(at(plane, bob)).toBe('closed');
    store.remove('HTTPRouteGroup', 'all');
    expect(at(plane, alice)).toBe('closed');
    store.put(everything);
    expect(may(plane, alice, get('/x'))).toBe(true);
    store.remove('TrafficTarget', 't');
    expect(at(plane, alice)).toBe('closed');
  });

  test('gives each source the matches of its own rules', () => {
    const group = httpRouteGroup('g', { name: 'metrics', pathRegex: '/metrics', methods: ['GET'] }, { name: 'api', pathRegex: '/api', methods: ['*'] });
    const plane = createDataPlane(createTestStore(group, trafficTarget('one', { sources: ['bob'], rules: ['HTTPRouteGroup/g/metrics'] }), trafficTarget('two', { rules: ['HTTPRouteGroup/g/api'] })), correctDecisions);
    expect([may(plane, bob, get('/metrics')), may(plane, alice, get('/api'))]).toEqual([true, true]);
    expect([may(plane, bob, get('/api')), may(plane, alice, get('/metrics'))]).toEqual([false, false]);
  });

  test('finds routes by kind, so that names may be the same', () => {
    const plane = createDataPlane(createTestStore(tcpRoute('all', 8080), everything, trafficTarget('t', { rules: ['TCPRoute/all', 'HTTPRouteGroup/all'] })), correctDecisions);
    expect(may(plane, alice, get('/x'))).toBe(true);
    expect(at(plane, alice, 8090)).toBe('closed');
  });

  test('asks for all headers of a match, and their names in any case', () => {
    const group = httpRouteGroup('all', { name: 'm', headers: { 'X-Ver': 'beta', 'x-tier': 'gold' } });
    const plane = createDataPlane(createTestStore(group, trafficTarget('t')), correctDecisions);
    expect(may(plane, alice, get('/x', { 'x-ver': 'beta', 'x-tier': 'gold' }))).toBe(true);
    expect(may(plane, alice, get('/x', { 'x-ver': 'beta' }))).toBe(false);
    expect(may(plane, alice, get('/x', { 'x-ver': 'stable', 'x-tier': 'gold' }))).toBe(false);
  });

  test('knows callers and destinations by an IdentityBinding', () => {
    const store = createTestStore(everything, object('access.smi-spec.io/v1alpha4', 'IdentityBinding', 'callers', { spec: { schemes: { podLabelSelector: { matchLabels: { app: 'alice' } } } } }));
    store.put(object('access.smi-spec.io/v1alpha4', 'TrafficTarget', 't', {
      spec: { destination: { kind: 'ServiceAccount', name: 'srv' }, rules: [{ kind: 'HTTPRouteGroup', name: 'all' }], sources: [{ kind: 'IdentityBinding', name: 'callers' }] },
    }));
    const plane = createDataPlane(store, correctDecisions);
    expect([may(plane, alice, get('/x')), may(plane, bob, get('/x'))]).toEqual([true, false]);
  });

  test('is given to nobody without an identity', () => {
    const plane = createDataPlane(createTestStore(everything, trafficTarget('t')), correctDecisions);
    expect(at(plane, { ...alice, meshed: false })).toBe('closed');
  });
});

describe('routing', () => {
  const port = (targetPort: number | string = 8080): Record<string, unknown> => ({ name: 'http', port: 8080, targetPort });
  const versions = ['v1', 'v2', 'v3'];
  const web = (...more: Parameters<TestStore['put']>): TestStore => createTestStore(
    service('web', { app: 'web' }, [port(), { name: 'http-admin', port: 9090 }]),
    ...versions.flatMap((version) => [service(`web-${version}`, { app: 'web', version }, [port()]), pod(`web-${version}-1`, { app: 'web', version }, { ports: [{ name: 'second', containerPort: 8081 }] })]),
    ...more,
  );
  /** Where calls go for draws that are taken in turn: the share first, then the pod. */
  const routes = (store: TestStore, draws: number[], request?: RequestHead, number = 8080): (string | undefined)[] => {
    const queue = draws.flatMap((draw) => [draw, 0]);
    const plane = createDataPlane(store, correctDecisions, () => queue.shift() ?? 0);
    const root = plane.service('ns', 'web');
    const called = root && plane.portOf(root, number, 'tcp');
    if (root === undefined || called === undefined) throw new Error('no such port');
    return draws.map(() => {
      const endpoint = plane.route(root, called, { caller: facts('caller'), host: 'web', ...(request !== undefined && { request }) });
      return endpoint && `${endpoint.name}:${endpoint.port}`;
    });
  };

  test('follows the weights, and calls each backend at its own port', () => {
    const store = web(trafficSplit({ 'web-v1': 75, 'web-v3p': 25, 'web-v2': 0 }), service('web-v3p', { app: 'web', version: 'v3' }, [port('second')]));
    expect(routes(store, [0, 0.7499, 0.75, 0.9999])).toEqual(['web-v1-1:8080', 'web-v1-1:8080', 'web-v3-1:8081', 'web-v3-1:8081']);
  });

  test('leaves out a backend that lacks the port, and gives its part to the others', () => {
    const store = web(trafficSplit({ 'web-v1': 1, 'web-odd': 99 }), service('web-odd', { app: 'web' }, [{ name: 'http', port: 1024 }]));
    expect(routes(store, [0, 0.5, 0.9999])).toEqual(Array(3).fill('web-v1-1:8080'));
  });

  test('refuses where all weights are 0, and the part of a backend that is not there or has no ready pod', () => {
    expect(routes(web(trafficSplit({ 'web-v1': 0, 'web-v2': 0 })), [0, 0.5])).toEqual([undefined, undefined]);
    expect(routes(web(trafficSplit({ 'web-v1': 50, 'web-none': 50 })), [0.4, 0.6])).toEqual(['web-v1-1:8080', undefined]);
    expect(routes(web(trafficSplit({ 'web-v1': 50, 'web-v2': 50 }), pod('web-v2-1', { app: 'web', version: 'v2' }, { ready: false })), [0.4, 0.6])).toEqual(['web-v1-1:8080', undefined]);
  });

  test('is not disturbed by a backend of weight 0 that is not there', () => {
    expect(routes(web(trafficSplit({ 'web-v1': 100, 'web-none': 0 })), [0, 0.9999])).toEqual(['web-v1-1:8080', 'web-v1-1:8080']);
  });

  test('splits the requests that one of the groups takes; the others go to the root', () => {
    const groups = [httpRouteGroup('firefox', { name: 'm', headers: { 'user-agent': '.*Firefox.*' } }), httpRouteGroup('beta', { name: 'm', headers: { 'x-beta': '.*' } })];
    const store = web(trafficSplit({ 'web-v1': 0, 'web-v2': 100 }, ['firefox', 'beta', 'missing']), ...groups);
    expect(routes(store, [0.1], get('/', { 'user-agent': 'Firefox/140' }))).toEqual(['web-v2-1:8080']);
    expect(routes(store, [0.1], get('/', { 'x-beta': '1' }))).toEqual(['web-v2-1:8080']);
    expect(routes(store, [0.1], get('/', { 'user-agent': 'curl' }))).toEqual(['web-v1-1:8080']);
    expect(routes(store, [0.1])).toEqual(['web-v1-1:8080']);
  });

  test('does not split a split again', () => {
    expect(routes(web(trafficSplit({ 'web-v1': 1 }), trafficSplit({ 'web-v3': 1 }, undefined, 'web-v1')), [0])).toEqual(['web-v1-1:8080']);
  });

  test('sees changes at once', () => {
    const store = web(trafficSplit({ 'web-v1': 1, 'web-v2': 0 }));
    const plane = createDataPlane(store, correctDecisions);
    const go = (): string | undefined => {
      const root = plane.service('ns', 'web');
      const called = root && plane.portOf(root, 8080, 'tcp');
      return root && called && plane.route(root, called, { caller: facts('caller'), host: 'web' })?.name;
    };
    expect(go()).toBe('web-v1-1');
    store.put(trafficSplit({ 'web-v1': 0, 'web-v2': 1 }));
    expect(go()).toBe('web-v2-1');
    store.remove('TrafficSplit', 'web');
    expect(new Set(Array.from({ length: 200 }, go))).toEqual(new Set(['web-v1-1', 'web-v2-1', 'web-v3-1']));
    plane.close();
    expect(store.listeners()).toBe(0);
  });
});
