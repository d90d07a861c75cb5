import type { Cluster } from '../cluster/port.ts';
import type { MetricsQuery, MetricsSource } from './source.ts';

const group = 'metrics.smi-spec.io';
const version = 'v1alpha1';
const root = `/apis/${group}/${version}`;

/** The aggregated API of the Service Mesh Interface, through the API server. */
export function createAggregated(cluster: Pick<Cluster, 'read'>): MetricsSource {
  return {
    kind: 'api',
    name: `${version}.${group}`,
    read: (query, options) => cluster.read(pathOf(query), options),
    describe: (what) => cluster.read(what === 'service' ? `/apis/apiregistration.k8s.io/v1/apiservices/${version}.${group}` : root),
  };
}

/** The path at which the API answers a query. */
export function pathOf({ resource, namespace, name, edges, labels = {} }: MetricsQuery): string {
  const parts = [...(namespace === undefined ? [] : ['namespaces', namespace]), resource, ...(name === undefined ? [] : [name]), ...(edges === true ? ['edges'] : [])];
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');
  return `${root}/${parts.map(encodeURIComponent).join('/')}${selector === '' ? '' : `?labelSelector=${encodeURIComponent(selector)}`}`;
}
