import type { KubeObject } from '../../../src/cluster/port.ts';
import type { PodFacts } from '../../../src/reference/contract.ts';
import { createMetricsApi, createTrafficLog, type MetricsApi, type MetricsDecisions, metricsDecisions } from '../../../src/reference/metrics/index.ts';
import { createTestStore, object, service, trafficSplit } from '../dataplane/test-store.ts';

const deployments = ['front', 'front2', 'back', 'leaf', 'idle'];
const podNames = ['front-1', 'front2-1', 'back-1', 'back-2', 'leaf-1', 'idle-1', 'web-v1-1', 'web-v2-1'];
const ownerOf = (pod: string): string => pod.replace(/-\d$/, '');
const facts = (name: string): PodFacts => ({ namespace: 'ns', name, serviceAccount: 'a', labels: { app: ownerOf(name) }, meshed: name !== 'outsider' });

function podObject(name: string, kind = 'Deployment', owner = ownerOf(name), namespace = 'ns'): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels: { app: ownerOf(name) }, ownerReferences: [{ kind, name: owner, uid: owner }] }, spec: { nodeName: 'embedded' } };
}

export interface Bed {
  api: MetricsApi;
  /** Milliseconds pass. */
  pass(milliseconds: number): void;
  /** Requests from one pod to another: so many, each taking so long and answered so, by a split's backend where one is named. */
  send(caller: string, destination: string, times: number, more?: { ms?: number; status?: number; backend?: string }): void;
  get(path: string, user?: string): { status: number; body: Body };
}

/** What a body may have. */
export interface Body {
  kind?: string;
  resource?: { kind?: string; namespace?: string; name?: string };
  edge?: { direction: string; side?: string; resource: { name?: string } };
  backend?: { apex: string; name: string; weight: number };
  selector?: unknown;
  timestamp?: string;
  window?: string;
  metrics?: { name: string; unit?: string; value: string }[];
  items?: Body[];
  resources?: { name: string; namespaced: boolean; verbs: string[] }[];
  status?: unknown;
  code?: number;
}

/** Workloads of a namespace `ns` and one of `other`, a metrics API over them, and a clock that its user moves. */
export function createBed(decisions: MetricsDecisions = metricsDecisions): Bed {
  let now = Date.parse('2026-11-21T10:00:00Z');
  const labelled = (name: string): KubeObject => ({ ...object('apps/v1', 'Deployment', name, { spec: {} }), metadata: { name, namespace: 'ns', labels: { tier: name } } });
  const store = createTestStore(
    ...['other', 'ns'].map((name): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    object('apps/v1', 'Deployment', 'far', { spec: {} }, 'other'), podObject('far-1', 'Deployment', 'far', 'other'),
    ...deployments.map(labelled), ...podNames.map((name) => podObject(name)),
    object('apps/v1', 'StatefulSet', 'set', { spec: {} }), podObject('set-1', 'StatefulSet'),
    ...['back', 'web', 'web-v1', 'web-v2'].map((name) => service(name, { app: name }, [{ port: 80 }])),
    trafficSplit({ 'web-v1': 75, 'web-v2': 25 }),
    object('rbac.authorization.k8s.io/v1', 'Role', 'pods', { rules: [{ apiGroups: ['metrics.smi-spec.io'], resources: ['pods'], verbs: ['get'] }] }),
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'pods', { subjects: [{ kind: 'ServiceAccount', name: 'reader' }], roleRef: { name: 'pods' } }),
  );
  const log = createTrafficLog(() => now);
  const api = createMetricsApi(store, log, decisions);
  return {
    api,
    pass: (milliseconds) => (now += milliseconds),
    send(caller, destination, times, { ms = 10, status = 200, backend } = {}) {
      for (let time = 0; time < times; time += 1) log.add({ caller: facts(caller), destination: facts(destination), status, tookMs: ms, ...(backend !== undefined && { split: { namespace: 'ns', name: 'web', backend } }) });
    },
    get(path, user) {
      const answer = api.answer(`/apis/metrics.smi-spec.io/v1alpha1${path}`, user);
      if (answer === undefined) throw new Error(`no answer at ${path}`);
      return { status: answer.status, body: answer.body as Body };
    },
  };
}

/** The usual traffic: two callers, failures and slow ones among it, a chain behind, and a split with calls past its root. */
export function busy(decisions?: MetricsDecisions): Bed {
  const bed = createBed(decisions);
  bed.send('front-1', 'back-1', 40);
  bed.send('front-1', 'back-2', 36);
  bed.send('front-1', 'back-2', 20, { status: 500 });
  bed.send('front-1', 'back-1', 4, { ms: 1000 });
  bed.send('front2-1', 'back-1', 20, { ms: 12 });
  bed.send('back-1', 'leaf-1', 50);
  bed.send('front-1', 'set-1', 5);
  bed.send('front-1', 'web-v1-1', 75, { backend: 'web-v1' });
  bed.send('front-1', 'web-v2-1', 25, { backend: 'web-v2' });
  bed.send('front-1', 'web-v2-1', 60);
  return bed;
}

/** `successes/failures` of an item. */
export function countsOf(item: Body | undefined): string {
  const value = (name: string): string => item?.metrics?.find((metric) => metric.name === name)?.value ?? 'none';
  return `${value('success_count')}/${value('failure_count')}`;
}

/** The percentiles of an item as they are written. */
export function latencyOf(item: Body | undefined): string[] {
  return (item?.metrics ?? []).filter(({ unit }) => unit !== undefined).map(({ value }) => value);
}

/** `direction name counts` of each edge. */
export function edgesOf({ items = [] }: Body): string[] {
  return items.map((item) => `${item.edge?.direction} ${item.edge?.resource.name} ${countsOf(item)}`).sort();
}
