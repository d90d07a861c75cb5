import { describe, expect, test } from '@jest/globals';
import type { PodFacts } from '../../../src/reference/contract.ts';
import { correctDecisions, createDataPlane } from '../../../src/reference/dataplane/index.ts';
import type { DataPlane, RequestHead } from '../../../src/reference/dataplane/index.ts';
import { faults, findFault } from '../../../src/reference/faults/index.ts';
import { createTestStore, everything, httpRouteGroup, pod, service, trafficSplit, trafficTarget } from '../dataplane/test-store.ts';
import type { TestStore } from '../dataplane/test-store.ts';

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): RequestHead => ({ method, path, headers: new Map(Object.entries(headers)) });
const facts = (name: string, labels: Record<string, string> = { app: name }): PodFacts => ({ namespace: 'ns', name: `${name}-1`, serviceAccount: name, labels, meshed: true });
const [alice, bob, srv] = [facts('alice'), facts('bob'), facts('srv')];
const mimic = facts('bob', { app: 'alice' });
const aliceB = facts('alice', { app: 'alice-b' });

/** What is looked at: one store, one question, and two planes over it. */
type Look = (plane: DataPlane, store: TestStore) => unknown;

function passes(plane: DataPlane, from: PodFacts, to: PodFacts, request: RequestHead): boolean {
  const passage = plane.passage(from, to, { transport: 'tcp', port: 8080 }, request);
  return passage === 'open' || (passage !== 'closed' && plane.takes(passage, request));
}

const port = { name: 'http', port: 8080 };
const split = (weights: Record<string, number>, matches?: string[]): TestStore => createTestStore(
  service('web', { app: 'web' }, [port]),
  ...['v0', 'v1', 'v2', 'v3'].map((version) => pod(`web-${version}`, { app: 'web', version })),
  ...['v1', 'v2', 'v3'].map((version) => service(`web-${version}`, { app: 'web', version }, [port])),
  service('web-v3p', { app: 'web', version: 'v3' }, [{ ...port, targetPort: 8081 }]),
  httpRouteGroup('firefox', { name: 'm', headers: { 'user-agent': '.*Firefox.*' } }),
  trafficSplit(weights, matches),
);

/** Who answers of 100 calls whose draws are 0, 0.01, … 0.99, which is the exact distribution. */
function shares(plane: DataPlane, request?: RequestHead): Record<string, number> {
  const web = plane.service('ns', 'web');
  const called = web && plane.portOf(web, 8080, 'tcp');
  const answers = Array.from({ length: 100 }, () => {
    const endpoint = web && called && plane.route(web, called, request);
    return endpoint === undefined ? 'nobody' : `${endpoint.name}:${endpoint.port}`;
  });
  return Object.fromEntries(Object.entries(Object.groupBy(answers, (answer) => answer)).map(([answer, all]) => [answer, all?.length ?? 0]));
}

/** Two draws a call: of the share, and of the one pod behind it; half-way between hundredths, so that nothing is due to rounding. */
function evenDraws(): () => number {
  let draws = 0;
  return () => (draws++ % 2 === 0 ? ((draws >> 1) % 100 + 0.5) / 100 : 0);
}

/** Where calls to several pods of a root are part of the look, they are drawn by chance; all others are exact. */
const cases: Record<string, { store: () => TestStore; look: Look; right: unknown; wrong: unknown; byChance?: true }> = {
  'no-data-plane': { store: () => createTestStore(), look: (plane) => plane.joins(srv), right: true, wrong: false },
  'deny-everything': { store: () => createTestStore(everything, trafficTarget('t')), look: (plane) => passes(plane, alice, srv, get('/')), right: true, wrong: false },
  'identity-from-labels': {
    store: () => createTestStore(everything, trafficTarget('t')), look: (plane) => [alice, mimic, aliceB].map((from) => passes(plane, from, srv, get('/'))),
    right: [true, false, true], wrong: [true, true, false],
  },
  'permission-both-ways': {
    store: () => createTestStore(everything, trafficTarget('t')), look: (plane) => [passes(plane, alice, srv, get('/')), passes(plane, srv, alice, get('/')), passes(plane, srv, bob, get('/'))],
    right: [true, false, false], wrong: [true, true, false],
  },
  'last-target-wins': {
    store: () => createTestStore(everything, trafficTarget('one', { sources: ['alice'] }), trafficTarget('two', { sources: ['bob'] })), look: (plane) => [alice, bob].map((from) => passes(plane, from, srv, get('/'))),
    right: [true, true], wrong: [false, true],
  },
  'http-routes-ignored': {
    store: () => createTestStore(httpRouteGroup('all', { name: 'm', pathRegex: '/metrics', methods: ['GET'] }), trafficTarget('t')),
    look: (plane) => [passes(plane, alice, srv, get('/metrics')), passes(plane, alice, srv, get('/echo')), passes(plane, bob, srv, get('/metrics'))],
    right: [true, false, false], wrong: [true, true, false],
  },
  'target-deletion-ignored': {
    store: () => createTestStore(everything, trafficTarget('t')),
    look(plane, store) {
      const seen = [passes(plane, alice, srv, get('/'))];
      store.remove('TrafficTarget', 't');
      seen.push(passes(plane, alice, srv, get('/')));
      store.put(trafficTarget('t', { sources: ['bob'] }));
      seen.push(passes(plane, alice, srv, get('/')));
      store.remove('TrafficTarget', 't');
      store.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ns' } });
      store.remove('Namespace', 'ns');
      seen.push(passes(plane, bob, srv, get('/')));
      return seen;
    },
    right: [true, false, false, false], wrong: [true, true, false, false],
  },
  'split-deletion-ignored': {
    store: () => split({ 'web-v2': 100 }),
    look(plane, store) {
      store.remove('TrafficSplit', 'web');
      return Object.keys(shares(plane)).length;
    },
    right: 4, wrong: 1, byChance: true,
  },
  'path-searched': {
    store: () => createTestStore(httpRouteGroup('all', { name: 'm', pathRegex: '/metrics' }), trafficTarget('t')), look: (plane) => ['/metrics', '/foo/metrics', '/x'].map((path) => passes(plane, alice, srv, get(path))),
    right: [true, false, false], wrong: [true, true, false],
  },
  'path-literal': {
    store: () => createTestStore(httpRouteGroup('all', { name: 'm', pathRegex: '/item/[0-9]+' }), trafficTarget('t')), look: (plane) => ['/item/42', '/item/[0-9]+'].map((path) => passes(plane, alice, srv, get(path))),
    right: [true, false], wrong: [false, true],
  },
  'matches-mixed': {
    store: () => createTestStore(httpRouteGroup('all', { name: 'r', pathRegex: '/r', methods: ['GET'] }, { name: 'w', pathRegex: '/w', methods: ['POST'] }), trafficTarget('t')),
    look: (plane) => [get('/r'), get('/w', {}, 'POST'), get('/w'), get('/r', {}, 'POST'), get('/x')].map((request) => passes(plane, alice, srv, request)),
    right: [true, true, false, false, false], wrong: [true, true, true, true, false],
  },
  'first-method-only': {
    store: () => createTestStore(httpRouteGroup('all', { name: 'm', methods: ['GET', 'PUT'] }), trafficTarget('t')), look: (plane) => ['GET', 'PUT', 'POST'].map((method) => passes(plane, alice, srv, get('/', {}, method))),
    right: [true, true, false], wrong: [true, false, false],
  },
  'method-wildcard-literal': {
    store: () => createTestStore(httpRouteGroup('all', { name: 'm', methods: ['*', 'PUT'] }), trafficTarget('t')), look: (plane) => ['GET', 'PUT'].map((method) => passes(plane, alice, srv, get('/', {}, method))),
    right: [true, true], wrong: [false, true],
  },
  'headers-ignored': {
    store: () => split({ 'web-v1': 0, 'web-v2': 100 }, ['firefox']), look: (plane) => [shares(plane, get('/', { 'user-agent': 'Firefox' })), shares(plane, get('/'))].map((seen) => Object.keys(seen).length),
    right: [1, 4], wrong: [1, 1], byChance: true,
  },
  'split-ignored': { store: () => split({ 'web-v1': 100 }), look: (plane) => Object.keys(shares(plane)).length, right: 1, wrong: 4, byChance: true },
  'equal-weights': { store: () => split({ 'web-v1': 75, 'web-v2': 25, 'web-v3': 0 }), look: (plane) => shares(plane), right: { 'web-v1:8080': 75, 'web-v2:8080': 25 }, wrong: { 'web-v1:8080': 50, 'web-v2:8080': 50 } },
  'weights-reversed': {
    store: () => split({ 'web-v1': 60, 'web-v2': 30, 'web-v3': 10 }), look: (plane) => shares(plane),
    right: { 'web-v1:8080': 60, 'web-v2:8080': 30, 'web-v3:8080': 10 }, wrong: { 'web-v1:8080': 10, 'web-v2:8080': 30, 'web-v3:8080': 60 },
  },
  'heaviest-takes-all': { store: () => split({ 'web-v1': 10, 'web-v2': 90 }), look: (plane) => shares(plane), right: { 'web-v1:8080': 10, 'web-v2:8080': 90 }, wrong: { 'web-v2:8080': 100 } },
  'weights-are-percentages': { store: () => split({ 'web-v1': 1, 'web-v2': 2 }), look: (plane) => 'web-v0:8080' in shares(plane), right: false, wrong: true, byChance: true },
  'zero-weight-is-one': { store: () => split({ 'web-v1': 99, 'web-v2': 0 }), look: (plane) => shares(plane), right: { 'web-v1:8080': 100 }, wrong: { 'web-v1:8080': 99, 'web-v2:8080': 1 } },
  'first-weights-stay': {
    store: () => createTestStore(),
    look(plane, store) {
      const objects = split({ 'web-v1': 100, 'web-v2': 0 });
      store.put(...['Service', 'Pod', 'TrafficSplit'].flatMap((kind) => objects.list(kind)));
      const seen = [shares(plane)];
      store.put(trafficSplit({ 'web-v1': 0, 'web-v2': 100 }));
      seen.push(shares(plane));
      store.remove('TrafficSplit', 'web');
      store.put(trafficSplit({ 'web-v3': 1 }));
      return [...seen, shares(plane)];
    },
    right: [{ 'web-v1:8080': 100 }, { 'web-v2:8080': 100 }, { 'web-v3:8080': 100 }],
    wrong: [{ 'web-v1:8080': 100 }, { 'web-v1:8080': 100 }, { 'web-v3:8080': 100 }],
  },
  'root-target-port': { store: () => split({ 'web-v1': 50, 'web-v3p': 50 }), look: (plane) => shares(plane), right: { 'web-v1:8080': 50, 'web-v3:8081': 50 }, wrong: { 'web-v1:8080': 50, 'web-v3:8080': 50 } },
};

function wrongDecisions(name: string): typeof correctDecisions {
  const fault = findFault(name);
  if (fault === undefined) throw new Error(`no fault ${name}`);
  return fault.apply(correctDecisions);
}

describe('each fault', () => {
  test('is shown here', () => {
    expect(Object.keys(cases).sort()).toEqual(faults.map(({ name }) => name).sort());
  });

  test.each(Object.entries(cases))('%s does what it says, and the mesh without it does not', (name, { store, look, right, wrong, byChance = false }) => {
    const see = (decisions: typeof correctDecisions): unknown => {
      const objects = store();
      return look(createDataPlane(objects, decisions, byChance ? Math.random : evenDraws()), objects);
    };
    expect(see(correctDecisions)).toEqual(right);
    expect(see(wrongDecisions(name))).toEqual(wrong);
  });
});
