import type { KubeObject } from '../../../src/cluster/port.ts';
import type { PodFacts } from '../../../src/reference/contract.ts';
import type { DataPlane, RequestHead } from '../../../src/reference/dataplane/index.ts';
import { createTestStore, httpRouteGroup, object, pod, service, trafficSplit } from '../dataplane/test-store.ts';
import type { TestStore } from '../dataplane/test-store.ts';

/** One store, one question, and what a right and a wrong plane over it answer. */
export interface Case {
  store: () => TestStore;
  look: (plane: DataPlane, store: TestStore) => unknown;
  right: unknown;
  wrong: unknown;
  /** Where calls to several pods of a root are part of the look, they are drawn by chance; all others are exact. */
  byChance?: true;
  /** There is no access control. */
  isOpen?: true;
}

const facts = (name: string): PodFacts => ({ namespace: 'ns', name: `${name}-1`, serviceAccount: name, labels: {}, meshed: true });
const port = { name: 'http', port: 8080 };
const ports = [port, { name: 'http-2', port: 9090 }, { name: 'tcp', port: 7070 }];
export const split = (weights: Record<string, number>, matches?: string[]): TestStore => createTestStore(
  service('web', { app: 'web' }, ports),
  ...['v0', 'v1', 'v2', 'v3'].map((version) => pod(`web-${version}`, { app: 'web', version })),
  ...['v1', 'v2', 'v3'].map((version) => service(`web-${version}`, { app: 'web', version }, ports)),
  service('web-v2q', { app: 'web', version: 'v2' }, [{ ...port, port: 1024, targetPort: 8080 }]),
  service('web-v2n', { app: 'web', version: 'v2' }, [{ ...port, name: 'http-alt' }]),
  service('web-v2np', { app: 'web', version: 'v2' }, ports, { type: 'NodePort' }),
  service('web-v3p', { app: 'web', version: 'v3' }, [{ ...port, targetPort: 8081 }]),
  httpRouteGroup('firefox', { name: 'm', headers: { 'user-agent': '.*Firefox.*' } }),
  trafficSplit(weights, matches),
);

/** Who answers of 100 calls whose draws are 0, 0.01, … 0.99, which is the exact distribution. */
export function shares(plane: DataPlane, request?: RequestHead, { root = 'web', number = 8080, caller = facts('caller'), host = 'web' }: { root?: string; number?: number; caller?: PodFacts; host?: string } = {}): Record<string, number> {
  const web = plane.service('ns', root);
  const called = web && plane.portOf(web, number, 'tcp');
  const answers = Array.from({ length: 100 }, () => {
    const endpoint = web && called && plane.route(web, called, { caller, host, ...(request !== undefined && { request }) });
    return endpoint === undefined ? 'nobody' : `${endpoint.name}:${endpoint.port}`;
  });
  return Object.fromEntries(Object.entries(Object.groupBy(answers, (answer) => answer)).map(([answer, all]) => [answer, all?.length ?? 0]));
}

/** A store in which the root is under a split of v1alpha1. */
const quantities = (...weights: string[]): TestStore => {
  const store = split({ 'web-v1': 1 });
  store.put(object('split.smi-spec.io/v1alpha1', 'TrafficSplit', 'web', { spec: { service: 'web', backends: weights.map((weight, index) => ({ service: `web-v${index + 1}`, weight })) } }));
  return store;
};
const get = (headers: Record<string, string>): RequestHead => ({ method: 'GET', path: '/', headers: new Map(Object.entries(headers)) });
/** Whether requests with these headers go to the only backend of the split, of the four pods of the root. */
const isSplit = (plane: DataPlane, headers: Record<string, string>): boolean => Object.keys(shares(plane, get(headers))).length === 1;
/** A root under a split that names two groups. */
const segment = (first: Record<string, unknown>[], ...second: Record<string, unknown>[]): TestStore => {
  const store = split({ 'web-v1': 1 }, ['one', 'other']);
  store.put(httpRouteGroup('one', ...first), httpRouteGroup('other', ...second));
  return store;
};
const allOf = (store: TestStore): KubeObject[] => ['Service', 'Pod', 'HTTPRouteGroup', 'TrafficSplit'].flatMap((kind) => store.list(kind));
const clients: Record<string, PodFacts> = { one: facts('one'), other: facts('other') };
/** A root in `ns`, and a split of its name in a namespace whose name begins alike. */
const elsewhere = (): TestStore => {
  const store = split({ 'web-v1': 1 });
  const [found] = store.list('TrafficSplit');
  store.remove('TrafficSplit', 'web');
  if (found !== undefined) store.put({ ...found, metadata: { name: 'web', namespace: 'ns-2' } });
  return store;
};
const accountPod = (account: string): KubeObject => ({ ...pod(account, {}), spec: { serviceAccountName: account, containers: [] } });
const mayCall = (plane: DataPlane): boolean => plane.passage(facts('caller'), facts('web'), { transport: 'tcp', port: 8080 }) === 'open';
const half = { 'web-v1:8080': 50, 'web-v2:8080': 50 };

/** Of the faults that show in splits. */
export const splitCases: Record<string, Case> = {
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
  'quantities-truncated': { store: () => quantities('500m', '1500m'), look: (plane) => shares(plane), right: { 'web-v1:8080': 25, 'web-v2:8080': 75 }, wrong: { 'web-v2:8080': 100 } },
  'quantity-units-dropped': { store: () => quantities('1', '999'), look: (plane, store) => [shares(plane), store.put(...quantities('1', '1000m').list('TrafficSplit')), shares(plane)][2], right: half, wrong: { 'web-v2:8080': 100 } },
  'weights-clamped': { store: () => split({ 'web-v1': 300, 'web-v2': 100 }), look: (plane) => shares(plane), right: { 'web-v1:8080': 75, 'web-v2:8080': 25 }, wrong: half },
  'single-backend-ignored': {
    store: () => split({ 'web-v1': 1 }), look: (plane, store) => [Object.keys(shares(plane)).length, store.put(trafficSplit({ 'web-v1': 1, 'web-v2': 0 })), Object.keys(shares(plane)).length],
    right: [1, undefined, 1], wrong: [4, undefined, 1], byChance: true,
  },
  'backends-split-too': {
    store: () => split({ 'web-v1': 100, 'web-v2': 0 }), look: (plane) => ['web', 'web-v2', 'web-v3'].map((root) => shares(plane, undefined, { root })),
    right: [{ 'web-v1:8080': 100 }, { 'web-v2:8080': 100 }, { 'web-v3:8080': 100 }], wrong: [{ 'web-v1:8080': 100 }, { 'web-v1:8080': 100 }, { 'web-v3:8080': 100 }],
  },
  'any-port-will-do': {
    store: () => split({ 'web-v1': 50, 'web-v2q': 50 }), look: (plane) => shares(plane), right: { 'web-v1:8080': 100 }, wrong: half,
  },
  'ports-by-name': {
    store: () => split({ 'web-v1': 50, 'web-v2n': 50 }), look: (plane) => shares(plane), right: half, wrong: { 'web-v1:8080': 100 },
  },
  'header-filters-ored': {
    store: () => segment([], { name: 'm', headers: { 'x-a': '1', 'x-b': '1' } }), look: (plane) => [{ 'x-a': '1', 'x-b': '1' }, { 'x-b': '1' }, {}].map((headers) => isSplit(plane, headers)),
    right: [true, false, false], wrong: [true, true, false], byChance: true,
  },
  'first-group-only': {
    store: () => segment([{ name: 'm', headers: { 'x-a': '1' } }], { name: 'm', headers: { 'x-b': '1' } }), look: (plane) => [{ 'x-a': '1' }, { 'x-b': '1' }, {}].map((headers) => isSplit(plane, headers)),
    right: [true, true, false], wrong: [true, false, false], byChance: true,
  },
  'first-match-only': {
    store: () => segment([], { name: 'a', headers: { 'x-a': '1' } }, { name: 'b', headers: { 'x-b': '1' } }), look: (plane) => [{ 'x-a': '1' }, { 'x-b': '1' }, {}].map((headers) => isSplit(plane, headers)),
    right: [true, true, false], wrong: [true, false, false], byChance: true,
  },
  'segment-shared-evenly': {
    store: () => split({ 'web-v1': 75, 'web-v2': 25 }, ['firefox']), look: (plane) => shares(plane, get({ 'user-agent': 'Firefox' })), right: { 'web-v1:8080': 75, 'web-v2:8080': 25 }, wrong: half,
  },
  'first-matches-stay': {
    store: () => createTestStore(),
    look: (plane, store) => [store.put(...allOf(split({ 'web-v1': 1 }, ['firefox']))), isSplit(plane, {}), store.put(trafficSplit({ 'web-v1': 1 })), isSplit(plane, {})],
    right: [undefined, false, undefined, true], wrong: [undefined, false, undefined, false], byChance: true,
  },
  'route-groups-read-once': {
    store: () => createTestStore(),
    look: (plane, store) => [
      store.put(...allOf(split({ 'web-v1': 1 }, ['firefox']))), isSplit(plane, { 'user-agent': 'Firefox' }),
      store.put(httpRouteGroup('firefox', { name: 'm', headers: { 'user-agent': '.*Chrome.*' } })), isSplit(plane, { 'user-agent': 'Firefox' }),
    ],
    right: [undefined, true, undefined, false], wrong: [undefined, true, undefined, true], byChance: true,
  },
  'ratio-across-clients': {
    store: () => split({ 'web-v1': 50, 'web-v2': 50 }), look: (plane) => ['one', 'other', 'one'].map((name) => shares(plane, undefined, { caller: clients[name] ?? facts(name) })),
    right: [half, half, half], wrong: [half, { 'web-v1:8080': 1, 'web-v2:8080': 99 }, { 'web-v1:8080': 100 }],
  },
  'first-port-only': {
    store: () => split({ 'web-v1': 1 }), look: (plane) => [8080, 9090].map((number) => Object.keys(shares(plane, undefined, { number })).length), right: [1, 1], wrong: [1, 4], byChance: true,
  },
  'splits-everywhere': {
    store: () => elsewhere(), look: (plane) => Object.keys(shares(plane)).length, right: 4, wrong: 1, byChance: true,
  },
  'own-clients-only': {
    store: () => split({ 'web-v1': 1 }), look: (plane) => ['ns', 'other'].map((namespace) => Object.keys(shares(plane, undefined, { caller: { ...facts('caller'), namespace } })).length), right: [1, 1], wrong: [1, 4], byChance: true,
  },
  'only-http-split': {
    store: () => split({ 'web-v1': 1 }), look: (plane) => [8080, 7070].map((number) => Object.keys(shares(plane, undefined, { number })).length), right: [1, 1], wrong: [1, 4], byChance: true,
  },
  'split-opens-backends': {
    store: () => createTestStore(accountPod('web'), accountPod('caller'), trafficSplit({ 'web-v1': 1 })),
    look: (plane, store) => [mayCall(plane), store.remove('TrafficSplit', 'web'), mayCall(plane)], right: [false, undefined, false], wrong: [true, undefined, false],
  },
  'outsiders-refused': {
    store: () => createTestStore(), look: (plane) => plane.passage({ ...facts('caller'), meshed: false }, facts('web'), { transport: 'tcp', port: 8080 }), right: 'open', wrong: 'closed', isOpen: true,
  },
  'bad-split-stalls': {
    store: () => split({ 'web-v1': 100, 'web-v2': 0 }),
    look: (plane, store) => [shares(plane), store.put(trafficSplit({}, undefined, 'other'), trafficSplit({ 'web-v1': 0, 'web-v2': 100 })), shares(plane), store.remove('TrafficSplit', 'other'), shares(plane)],
    right: [{ 'web-v1:8080': 100 }, undefined, { 'web-v2:8080': 100 }, undefined, { 'web-v2:8080': 100 }], wrong: [{ 'web-v1:8080': 100 }, undefined, { 'web-v1:8080': 100 }, undefined, { 'web-v2:8080': 100 }],
  },
  'pods-weigh': {
    store: () => split({ 'web-v1': 50, 'web-v2': 50 }), look: (plane, store) => [shares(plane), store.put(pod('web-v1-b', { app: 'web', version: 'v1' }), pod('web-v1-c', { app: 'web', version: 'v1' })), shares(plane)],
    right: [half, undefined, half], wrong: [half, undefined, { 'web-v1:8080': 75, 'web-v2:8080': 25 }],
  },
  'backends-frozen': {
    store: () => createTestStore(),
    look: (plane, store) => [
      store.put(...allOf(split({ 'web-v1': 1 }))), store.remove('Pod', 'web-v1'), store.put(pod('new', { app: 'web', version: 'v1' })), Object.keys(shares(plane)).sort(), store.put(trafficSplit({ 'web-v1': 2 })), Object.keys(shares(plane)),
    ],
    right: [undefined, undefined, undefined, ['new:8080'], undefined, ['new:8080']], wrong: [undefined, undefined, undefined, ['new:8080', 'web-v1:8080'], undefined, ['new:8080']], byChance: true,
  },
  'late-backends-unseen': {
    store: () => createTestStore(),
    look: (plane, store) => [store.put(...allOf(split({ 'web-v1': 0, 'web-v9': 1 }))), shares(plane), store.put(service('web-v9', { version: 'v2' }, ports)), shares(plane)],
    right: [undefined, { nobody: 100 }, undefined, { 'web-v2:8080': 100 }], wrong: [undefined, { nobody: 100 }, undefined, { nobody: 100 }],
  },
  'nodeport-no-backend': {
    store: () => split({ 'web-v1': 50, 'web-v2np': 50 }), look: (plane) => [shares(plane), shares(plane, undefined, { root: 'web-v2np' })], right: [half, { 'web-v2:8080': 100 }], wrong: [{ 'web-v1:8080': 100 }, { 'web-v2:8080': 100 }],
  },
  'http2-unsplit': {
    store: () => split({ 'web-v1': 1 }), look: (plane) => [{ ...get({}) }, { ...get({}), http2: true as const }].map((request) => Object.keys(shares(plane, request)).length), right: [1, 1], wrong: [1, 4], byChance: true,
  },
  'full-names-only': {
    store: () => split({ 'web-v1': 1 }), look: (plane) => ['web.ns.svc.cluster.local', 'web'].map((host) => Object.keys(shares(plane, undefined, { host })).length), right: [1, 1], wrong: [1, 4], byChance: true,
  },
  'first-pod-only': { store: () => createTestStore(...allOf(split({ 'web-v1': 1 })).filter(({ kind }) => kind !== 'TrafficSplit')), look: (plane) => Object.keys(shares(plane)).length, right: 4, wrong: 1, byChance: true },
  'missing-backend-breaks': {
    store: () => split({ 'web-v1': 1, 'web-v9': 0 }),
    look: (plane, store) => [Object.keys(shares(plane)).length, store.put(service('web-v9', { app: 'none' }, [port])), Object.keys(shares(plane)).length],
    right: [1, undefined, 1], wrong: [4, undefined, 1], byChance: true,
  },
};
