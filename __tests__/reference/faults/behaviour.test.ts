import { describe, expect, test } from '@jest/globals';
import type { PodFacts } from '../../../src/reference/contract.ts';
import { correctDecisions, createDataPlane } from '../../../src/reference/dataplane/index.ts';
import type { DataPlane, RequestHead } from '../../../src/reference/dataplane/index.ts';
import { faults, findFault } from '../../../src/reference/faults/index.ts';
import { createTestStore, everything, httpRouteGroup, trafficTarget } from '../dataplane/test-store.ts';
import { busy } from '../metrics/bed.ts';
import { accessCases } from './access-cases.ts';
import { metricsCases } from './metrics-cases.ts';
import { type Case, shares, split, splitCases } from './split-cases.ts';
import { storeCases } from './store-cases.ts';
import { openStore } from '../store/objects.ts';

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): RequestHead => ({ method, path, headers: new Map(Object.entries(headers)) });
const facts = (name: string, labels: Record<string, string> = { app: name }): PodFacts => ({ namespace: 'ns', name: `${name}-1`, serviceAccount: name, labels, meshed: true });
const [alice, bob, srv] = [facts('alice'), facts('bob'), facts('srv')];
const mimic = facts('bob', { app: 'alice' });
const aliceB = facts('alice', { app: 'alice-b' });

function passes(plane: DataPlane, from: PodFacts, to: PodFacts, request: RequestHead): boolean {
  const passage = plane.passage(from, to, { transport: 'tcp', port: 8080 }, request);
  return passage === 'open' || (passage !== 'closed' && plane.takes(passage, request));
}

/** Two draws a call: of the share, and of the one pod behind it; half-way between hundredths, so that nothing is due to rounding. */
function evenDraws(): () => number {
  let draws = 0;
  return () => (draws++ % 2 === 0 ? ((draws >> 1) % 100 + 0.5) / 100 : 0);
}

const cases: Record<string, Case> = {
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
  ...accessCases,
  ...splitCases,
};

function wrongDecisions(name: string, base = correctDecisions): typeof correctDecisions {
  const fault = findFault(name);
  if (fault === undefined) throw new Error(`no fault ${name}`);
  return fault.apply(base);
}

describe('each fault', () => {
  test('is shown here', () => {
    expect([...Object.keys(cases), ...Object.keys(storeCases), ...Object.keys(metricsCases)].sort()).toEqual(faults.map(({ name }) => name).sort());
    expect(Object.keys(metricsCases).sort()).toEqual(faults.filter(({ seam }) => seam === 'metrics').map(({ name }) => name).sort());
    expect(Object.keys(storeCases).sort()).toEqual(faults.filter(({ seam }) => seam === 'store').map(({ name }) => name).sort());
  });

  test.each(Object.entries(cases))('%s does what it says, and the mesh without it does not', (name, { store, look, right, wrong, byChance = false, isOpen = false }) => {
    const base = isOpen ? { ...correctDecisions, authorise: () => 'open' as const } : correctDecisions;
    const see = (decisions: typeof correctDecisions): unknown => {
      const objects = store();
      return look(createDataPlane(objects, decisions, byChance ? Math.random : evenDraws()), objects);
    };
    expect(see(base)).toEqual(right);
    expect(see(wrongDecisions(name, base))).toEqual(wrong);
  });

  test.each(Object.entries(storeCases))('%s does what it says of what is stored, and the store without it does not', (name, { served, look, right, wrong }) => {
    const see = (decisions: typeof correctDecisions): unknown => look(openStore({ decisions: decisions.store, ...(served !== undefined && { served }) }), decisions);
    expect(see(correctDecisions)).toEqual(right);
    expect(see(wrongDecisions(name))).toEqual(wrong);
  });

  test.each(Object.entries(metricsCases))('%s does what it says of metrics, and the mesh without it does not', (name, { look, right, wrong }) => {
    expect(look(busy(correctDecisions.metrics))).toEqual(right);
    expect(look(busy(wrongDecisions(name).metrics))).toEqual(wrong);
  });
});
