import type { KubeObject } from '../../../src/cluster/port.ts';
import type { PodFacts } from '../../../src/reference/contract.ts';
import type { DataPlane, RequestHead } from '../../../src/reference/dataplane/index.ts';
import { createTestStore, everything, httpRouteGroup, object, pod, tcpRoute, trafficTarget, udpRoute } from '../dataplane/test-store.ts';
import type { TestStore } from '../dataplane/test-store.ts';
import type { Case } from './split-cases.ts';

interface Asked {
  from?: PodFacts;
  to?: PodFacts;
  port?: number;
  transport?: 'tcp' | 'udp';
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  query?: string;
  direct?: true;
  http2?: true;
}

const facts = (serviceAccount: string, { namespace = 'ns', labels = { app: serviceAccount } as Record<string, string>, name = `${serviceAccount}-1` } = {}): PodFacts => ({ namespace, name, serviceAccount, labels, meshed: true });
const [alice, bob, srv] = [facts('alice'), facts('bob'), facts('srv')];
const elsewhere = facts('alice', { namespace: 'ns-2' });
const stranger = facts('default');
const srv2 = facts('srv', { labels: { app: 'srv2' } });
const other = facts('other', { labels: { app: 'other', group: 'mix' } });
const reader = facts('bob', { labels: { role: 'reader' } });

/** Whether a call gets through: alice's GET of /x at port 8080 of srv, where nothing else is said. */
function passes(plane: DataPlane, { from = alice, to = srv, port = 8080, transport = 'tcp', path = '/x', method = 'GET', headers = {}, query, direct, http2 }: Asked = {}): boolean {
  const request: RequestHead = { method, path, ...(query && { query }), headers: new Map(Object.entries(headers)) };
  const passage = plane.passage(from, to, { transport, port, ...(direct && { direct }), ...(http2 && { http2 }) }, request);
  return passage === 'open' || (passage !== 'closed' && plane.takes(passage, request));
}

const each = (...asked: Asked[]) => (plane: DataPlane): boolean[] => asked.map((one) => passes(plane, one));
const group = (...matches: Record<string, unknown>[]): KubeObject => httpRouteGroup('all', ...matches);
const read = { name: 'read', pathRegex: '/a', methods: ['GET'] };
const write = { name: 'write', pathRegex: '/b', methods: ['POST'] };
const path = (pathRegex: string): Record<string, unknown> => ({ name: 'm', pathRegex });
/** A TrafficTarget whose spec is changed. */
const target = (change: (spec: { destination: Record<string, unknown>; sources: Record<string, unknown>[]; rules: Record<string, unknown>[] }) => Record<string, unknown>, version = 'v1alpha3'): KubeObject => {
  const made = trafficTarget('t');
  return { ...made, apiVersion: `access.smi-spec.io/${version}`, spec: change(made['spec'] as never) };
};
const from = (...sources: Record<string, unknown>[]): KubeObject => target((spec) => ({ ...spec, sources }));
const store = (...objects: KubeObject[]) => (): TestStore => createTestStore(...objects);
const rules = (...names: string[]): KubeObject => trafficTarget('t', { rules: names });
const bound = (...schemes: Record<string, unknown>[]): (() => TestStore) => store(
  everything, from(...schemes.map((_, index) => ({ kind: 'IdentityBinding', name: `b${index}`, namespace: 'ns' }))),
  ...schemes.map((one, index) => object('access.smi-spec.io/v1alpha4', 'IdentityBinding', `b${index}`, { spec: { schemes: one } })),
);
const accountPod = (account: string): KubeObject => ({ ...pod(`${account}-1`, {}), spec: { serviceAccountName: account, containers: [] } });
const spiffe = 'spiffe://cluster.local/ns/ns/sa/bob';

/** Of the faults that show in what TrafficTargets and routes let through. */
export const accessCases: Record<string, Case> = {
  'source-namespace-ignored': { store: store(everything, trafficTarget('t')), look: each({}, { from: elsewhere }), right: [true, false], wrong: [true, true] },
  'pods-frozen': {
    store: store(everything, pod('alice-1', {}), pod('srv-1', {})),
    look(plane, held) {
      held.put(trafficTarget('t'));
      const late = facts('alice', { name: 'alice-2' });
      const seen = each({}, { from: late })(plane);
      held.remove('TrafficTarget', 't');
      held.put(pod('alice-2', {}), trafficTarget('t'));
      return [...seen, passes(plane, { from: late })];
    },
    right: [true, true, true], wrong: [true, false, true],
  },
  'headers-vouch': {
    store: store(everything, trafficTarget('t')), look: each({ from: bob }, { from: bob, headers: { 'x-forwarded-client-cert': 'By=x;URI=spiffe://cluster.local/ns/ns/sa/alice' } }),
    right: [false, false], wrong: [false, true],
  },
  'destination-by-label': { store: store(everything, trafficTarget('t')), look: each({}, { to: srv2 }), right: [true, true], wrong: [true, false] },
  'service-opened-whole': { store: store(everything, trafficTarget('t')), look: each({}, { to: other }, { to: facts('other') }), right: [true, false, false], wrong: [true, true, false] },
  'namespace-opened': { store: store(everything, trafficTarget('t')), look: each({}, { to: facts('other') }, { from: bob, to: other }), right: [true, false, false], wrong: [true, true, false] },
  'default-account-is-nobody': { store: store(everything, trafficTarget('t', { sources: ['default', 'alice'] })), look: each({}, { from: stranger }), right: [true, true], wrong: [true, false] },
  'other-namespaces-shut': { store: store(everything, from({ kind: 'ServiceAccount', name: 'alice', namespace: 'ns-2' }, { kind: 'ServiceAccount', name: 'bob', namespace: 'ns' })), look: each({ from: elsewhere }, { from: bob }), right: [true, true], wrong: [false, true] },
  'first-source-only': { store: store(everything, trafficTarget('t', { sources: ['alice', 'bob'] })), look: each({}, { from: bob }), right: [true, true], wrong: [true, false] },
  'subject-kind-ignored': { store: store(everything, from({ kind: 'Group', name: 'alice', namespace: 'ns' })), look: each({}, { from: bob }), right: [false, false], wrong: [true, false] },
  'accounts-unknown': { store: store(everything, trafficTarget('t')), look: each({}), right: [true], wrong: [false] },
  'bindings-ignored': { store: bound({ serviceAccount: 'alice' }), look: each({}, { from: bob }), right: [true, false], wrong: [false, false] },
  'binding-labels-ignored': { store: bound({ podLabelSelector: { matchLabels: { role: 'reader' } } }, { serviceAccount: 'alice' }), look: each({}, { from: reader }), right: [true, true], wrong: [true, false] },
  'binding-schemes-anded': { store: bound({ serviceAccount: 'alice', spiffeIdentities: [spiffe] }, { serviceAccount: 'default' }), look: each({}, { from: bob }, { from: stranger }), right: [true, true, true], wrong: [false, false, true] },
  'bindings-everywhere': { store: bound({ serviceAccount: 'alice' }), look: each({}, { from: elsewhere }), right: [true, false], wrong: [true, true] },
  'bindings-read-once': {
    store: bound(),
    look(plane, held) {
      const binding = (serviceAccount: string): KubeObject => object('access.smi-spec.io/v1alpha4', 'IdentityBinding', 'b', { spec: { schemes: { serviceAccount } } });
      held.put(from({ kind: 'IdentityBinding', name: 'b', namespace: 'ns' }), binding('alice'));
      const seen = each({}, { from: bob })(plane);
      held.put(binding('bob'));
      return [...seen, ...each({}, { from: bob })(plane)];
    },
    right: [true, false, false, true], wrong: [true, false, true, false],
  },
  'rules-flattened': { store: store(group(read), tcpRoute('port', 8080), rules('TCPRoute/port', 'HTTPRouteGroup/all')), look: each({ path: '/a' }, { path: '/x' }, { path: '/a', port: 8090 }), right: [true, false, false], wrong: [true, true, true] },
  'rules-all-needed': { store: store(group(read), httpRouteGroup('two', write), rules('HTTPRouteGroup/all', 'HTTPRouteGroup/two')), look: each({ path: '/a' }, { path: '/b', method: 'POST' }), right: [true, true], wrong: [false, false] },
  'match-names-ignored': { store: store(group(read, write), rules('HTTPRouteGroup/all/read')), look: each({ path: '/a' }, { path: '/b', method: 'POST' }), right: [true, false], wrong: [true, true] },
  'no-match-names-no-matches': { store: store(group(read), rules('HTTPRouteGroup/all')), look: each({ path: '/a' }), right: [true], wrong: [false] },
  'ports-ignored': { store: store(tcpRoute('port', 7070), rules('TCPRoute/port')), look: each({ port: 7070 }, { port: 7071 }), right: [true, false], wrong: [true, true] },
  'destination-port-ignored': { store: store(everything, target((spec) => ({ ...spec, destination: { ...spec.destination, port: 8080 } }), 'v1alpha2')), look: each({}, { port: 8090 }), right: [true, false], wrong: [true, true] },
  'datagrams-ungoverned': { store: store(udpRoute('port', 53), rules('UDPRoute/port')), look: each({ transport: 'udp', port: 53 }, { transport: 'udp', port: 54 }, { port: 53 }), right: [true, false, false], wrong: [true, true, false] },
  'udproute-opens-tcp': { store: store(udpRoute('port', 53), rules('UDPRoute/port')), look: each({ transport: 'udp', port: 53 }, { port: 53 }), right: [true, false], wrong: [true, true] },
  'missing-route-opens': { store: store(rules('HTTPRouteGroup/none')), look: each({}, { from: bob }), right: [false, false], wrong: [true, false] },
  'missing-match-opens': { store: store(group(read), rules('HTTPRouteGroup/all/read,none')), look: each({ path: '/a' }, {}), right: [true, false], wrong: [true, true] },
  'empty-lists-mean-anything': { store: store(everything, rules()), look: each({}, { from: bob }), right: [false, false], wrong: [true, false] },
  'unknown-rules-open': { store: store(everything, rules('FooRoute/x')), look: each({}, { from: bob }), right: [false, false], wrong: [true, false] },
  'first-port-alone': { store: store(everything, trafficTarget('t')), look: each({}, { port: 8090 }), right: [true, true], wrong: [true, false] },
  'tcp-knows-no-sources': { store: store(tcpRoute('port'), rules('TCPRoute/port')), look: each({ port: 7070 }, { from: bob, port: 7070 }), right: [true, false], wrong: [true, true] },
  'http-needs-http-routes': { store: store(tcpRoute('port'), rules('TCPRoute/port')), look: each({ port: 7070 }, {}), right: [true, true], wrong: [true, false] },
  'first-rules-stay': {
    store: store(everything),
    look(plane, held) {
      held.put(trafficTarget('t'));
      held.put(trafficTarget('t', { sources: ['bob'] }));
      return each({}, { from: bob })(plane);
    },
    right: [false, true], wrong: [true, false],
  },
  'addresses-ungoverned': { store: store(everything), look: each({ from: bob }, { from: bob, direct: true }), right: [false, false], wrong: [false, true] },
  'http2-ungoverned': { store: store(everything), look: each({ from: bob }, { from: bob, http2: true }), right: [false, false], wrong: [false, true] },
  'routes-found-by-name': { store: store(group(read), tcpRoute('all', 8080), rules('TCPRoute/all', 'HTTPRouteGroup/all')), look: each({ path: '/a' }), right: [true], wrong: [false] },
  'routes-found-elsewhere': { store: store(group(read), { ...group(write), metadata: { name: 'all', namespace: 'ns-2' } }, trafficTarget('t')), look: each({ path: '/a' }, { path: '/b', method: 'POST' }), right: [true, false], wrong: [false, true] },
  'routes-open-by-themselves': {
    store: store(group(read), accountPod('srv'), accountPod('bob')),
    look: (plane, held) => [passes(plane, { from: bob, path: '/a' }), (held.put(trafficTarget('t')), passes(plane, { from: bob, path: '/a' }))],
    right: [false, false], wrong: [true, false],
  },
  'group-deletion-ignored': {
    store: store(everything, trafficTarget('t')),
    look: (plane, held) => [passes(plane), (held.remove('HTTPRouteGroup', 'all'), passes(plane))],
    right: [true, false], wrong: [true, true],
  },
  'paths-by-segment': { store: store(group(path('/a')), trafficTarget('t')), look: each({ path: '/a' }, { path: '/a/b' }, { path: '/ab' }), right: [true, true, true], wrong: [true, true, false] },
  'path-with-query': { store: store(group(path('/a')), trafficTarget('t')), look: each({ path: '/a' }, { path: '/a', query: '?x=1' }, { path: '/ab' }), right: [true, true, true], wrong: [true, false, false] },
  'method-wildcard-common': { store: store(everything, trafficTarget('t')), look: each({}, { method: 'POST' }, { method: 'DELETE' }), right: [true, true, true], wrong: [true, true, false] },
  'sources-lost': {
    store: store(everything, trafficTarget('t')),
    look(plane, store) {
      const seen = each({}, { from: bob })(plane);
      store.remove('TrafficTarget', 't');
      seen.push(...each({}, { from: bob })(plane));
      store.put(trafficTarget('u'));
      return [...seen, ...each({}, { from: bob })(plane)];
    },
    right: [true, false, false, false, true, false], wrong: [true, false, false, false, true, true],
  },
  'anchor-before-alternatives': { store: store(group(path('/a|/b')), trafficTarget('t')), look: each({ path: '/b' }, { path: '/z/b' }), right: [true, false], wrong: [true, true] },
  'wildcard-takes-one-segment': { store: store(group(path('.*')), trafficTarget('t')), look: each({ path: '/a' }, { path: '/a/b' }), right: [true, true], wrong: [true, false] },
  'first-segment-only': { store: store(group(path('/a/b')), trafficTarget('t')), look: each({ path: '/a/b' }, { path: '/a/c' }, { path: '/b' }), right: [true, false, false], wrong: [true, true, false] },
  'broken-expression-open': { store: store(group(path('/([')), trafficTarget('t')), look: each({}), right: [false], wrong: [true] },
  'methods-ignored': { store: store(group(read), trafficTarget('t')), look: each({ path: '/a' }, { path: '/a', method: 'POST' }), right: [true, false], wrong: [true, true] },
  'unknown-method-is-any': { store: store(group({ name: 'm', methods: ['FETCH'] }), trafficTarget('t')), look: each({}), right: [false], wrong: [true] },
  'nameless-matches-open': { store: store(group(read, { pathRegex: '/x' }), rules('HTTPRouteGroup/all/read')), look: each({ path: '/a' }, {}), right: [true, false], wrong: [true, true] },
  'header-alone-takes-nothing': { store: store(group({ name: 'm', headers: { a: 'b' } }, read), trafficTarget('t')), look: each({ headers: { a: 'b' } }, { path: '/a' }), right: [true, true], wrong: [false, true] },
  'header-names-by-case': { store: store(group({ name: 'm', headers: { 'X-Ver': 'b' } }), trafficTarget('t')), look: each({ headers: { 'x-ver': 'b' } }), right: [true], wrong: [false] },
  'lazy-repetition-unknown': { store: store(group({ name: 'm', headers: { a: '^(.*?;)?b' } }), trafficTarget('t')), look: each({ headers: { a: 'b' } }), right: [true], wrong: [false] },
  'all-matches-needed': { store: store(group(read, write), trafficTarget('t')), look: each({ path: '/a' }), right: [true], wrong: [false] },
  'any-ports-means-none': { store: store(tcpRoute('port'), rules('TCPRoute/port')), look: each({ port: 7070 }), right: [true], wrong: [false] },
  'plain-tcproute-opens-nothing': { store: store(object('specs.smi-spec.io/v1alpha3', 'TCPRoute', 'port', { spec: {} }), rules('TCPRoute/port')), look: each({ port: 7070 }), right: [true], wrong: [false] },
  'first-listed-port-only': { store: store(tcpRoute('port', 7070, 7072), rules('TCPRoute/port')), look: each({ port: 7070 }, { port: 7072 }), right: [true, true], wrong: [true, false] },
  'silent-clients-shut-out': { store: store(tcpRoute('port'), rules('TCPRoute/port')), look: each({ port: 7070 }, { port: 7073 }), right: [true, true], wrong: [true, false] },
};
