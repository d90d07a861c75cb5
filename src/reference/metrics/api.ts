import { clusterScoped, isMetricResource, metricKinds, type MetricResource } from '../../model/metrics.ts';
import type { ServedApi } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import { apiVersion, createDescriber } from './describe.ts';
import type { MetricsDecisions } from './decisions.ts';
import type { ListedResource, Resource, TrafficMetrics, TrafficMetricsList } from './model.ts';
import { permittedTo } from './permissions.ts';
import { findResource, resourcesOf } from './resources.ts';
import type { TrafficLog } from './traffic.ts';

/** An answer of the API server. */
export interface Answer {
  status: number;
  body: unknown;
}

/** The aggregated API of the reference mesh's metrics, with what the API server says of it. */
export interface MetricsApi {
  /** What a GET of a path gives; undefined for paths that are none of its. `user` is who asks, an administrator where absent. */
  answer(path: string, user?: string): Answer | undefined;
  /** What discovery lists. */
  served(): ServedApi[];
}

const group = 'metrics.smi-spec.io';
const root = `/apis/${apiVersion}`;
const registration = `/apis/apiregistration.k8s.io/v1/apiservices/v1alpha1.${group}`;

export function createMetricsApi(store: StoreView, log: TrafficLog, decisions: MetricsDecisions): MetricsApi {
  const listed = (): readonly ListedResource[] => decisions.lists(Object.entries(metricKinds).map(([name]) => ({
    name, namespaced: !clusterScoped.includes(name as MetricResource), kind: 'TrafficMetrics', verbs: ['get', 'list'],
  })));
  return {
    served: () => listed().map(({ name, namespaced, kind }) => ({ group, version: 'v1alpha1', kind, plural: name, namespaced })),
    answer(path, user) {
      const url = new URL(path, 'http://cluster');
      if (url.pathname === registration) return { status: 200, body: apiService(decisions.available()) };
      if (url.pathname !== root && !url.pathname.startsWith(`${root}/`)) return undefined;
      if (!decisions.available()) return failure(503, 'ServiceUnavailable', 'service unavailable');
      if (url.pathname === root) return { status: 200, body: { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersion, resources: listed() } };
      return answerTo(url, user);
    },
  };

  function answerTo(url: URL, user: string | undefined): Answer {
    const asked = parse(url.pathname.slice(root.length + 1).split('/').map(decodeURIComponent));
    if (asked === undefined || !listed().some(({ name }) => name === asked.resource)) return nothing('the server could not find the requested resource');
    const { resource, namespace, name, edges } = asked;
    if (user !== undefined && !decisions.permits(permittedTo(store, user, namespace), edges ? `${resource}/edges` : resource)) {
      return failure(403, 'Forbidden', `${resource}.${group} is forbidden: User "${user}" cannot get resource "${resource}${edges ? '/edges' : ''}" in API group "${group}"`);
    }
    const describer = createDescriber(store, log, decisions);
    if (name === undefined) return { status: 200, body: listOf(resource, namespace, url.searchParams, (one) => describer.resource(one)) };
    const found = findResource(store, resource, namespace, name);
    if (found === undefined || (edges && !decisions.hasEdges())) return nothing(`${resource}.${group} "${name}" not found`);
    return { status: 200, body: edges ? decisions.listed(describer.edges(found)) : described(describer.resource(found)) };
  }

  function described(body: TrafficMetrics | TrafficMetricsList): TrafficMetrics | TrafficMetricsList {
    return 'items' in body ? decisions.listed(body) : body;
  }

  function listOf(resource: MetricResource, namespace: string | undefined, query: URLSearchParams, describe: (one: Resource) => TrafficMetrics | TrafficMetricsList): TrafficMetricsList {
    const labels = labelsOf(query.get('labelSelector'));
    const resources = decisions.held(decisions.selected(resourcesOf(store, resource, namespace), labels), namespace);
    const items = resources.map(describe).flatMap((one) => ('items' in one ? one.items : [one]));
    return decisions.listed({ apiVersion, kind: 'TrafficMetricsList', resource: { kind: metricKinds[resource] }, ...(Object.keys(labels).length > 0 && { selector: { matchLabels: labels } }), items });
  }

  function nothing(message: string): Answer {
    const missing = decisions.missing();
    if (missing === 'empty') return { status: 200, body: { apiVersion, kind: 'TrafficMetrics', resource: {}, metrics: [] } };
    return missing === 404 ? failure(404, 'NotFound', message) : failure(500, 'InternalError', message);
  }
}

interface Asked {
  resource: MetricResource;
  namespace?: string;
  name?: string;
  edges: boolean;
}

/** Reads the parts of a path: `namespaces/<name>` is a resource, `namespaces/<name>/pods` is where others live. */
function parse(parts: string[]): Asked | undefined {
  const [first, second, third] = parts;
  const within = first === 'namespaces' && second !== undefined && third !== undefined && third !== 'edges';
  const [resource = '', name, sub, ...rest] = within ? parts.slice(2) : parts;
  if (!isMetricResource(resource) || rest.length > 0 || (sub !== undefined && sub !== 'edges') || (within && clusterScoped.includes(resource))) return undefined;
  if (!within && name !== undefined && !clusterScoped.includes(resource)) return undefined;
  return { resource, ...(within && { namespace: second }), ...(name !== undefined && { name }), edges: sub === 'edges' };
}

function labelsOf(selector: string | null): Record<string, string> {
  return Object.fromEntries((selector ?? '').split(',').filter((part) => part !== '').map((part) => {
    const [key = '', value = ''] = part.split('=');
    return [key, value];
  }));
}

function failure(code: number, reason: string, message: string): Answer {
  return { status: code, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code } };
}

function apiService(available: boolean): unknown {
  const condition = available
    ? { type: 'Available', status: 'True', reason: 'Passed', message: 'all checks passed' }
    : { type: 'Available', status: 'False', reason: 'MissingEndpoints', message: 'endpoints for the service have no addresses' };
  return {
    apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: `v1alpha1.${group}` },
    spec: { group, version: 'v1alpha1', service: { name: 'smi-reference-mesh', namespace: 'smi-reference', port: 443 }, groupPriorityMinimum: 100, versionPriority: 100 },
    status: { conditions: [condition] },
  };
}
