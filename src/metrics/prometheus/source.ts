import type { ApiAnswer, Cluster, KubeObject } from '../../cluster/port.ts';
import { ConformanceError } from '../../model/errors.ts';
import type { PrometheusMetrics, ResourceLabels } from '../../model/mesh.ts';
import { isMetricResource, metricKinds, type MetricResource } from '../../model/metrics.ts';
import type { MetricsQuery, MetricsSource } from '../source.ts';
import type { PrometheusClient, Series } from './client.ts';
import { asked, type Asked, fill, labelsOf, type Wanted } from './queries.ts';

export interface PrometheusOptions {
  client: PrometheusClient;
  /** The queries of the mesh's definition. */
  definition: PrometheusMetrics;
  /** Says what is there, since a series that is not there says nothing. */
  cluster: Pick<Cluster, 'get' | 'list'>;
}

/** Metrics by queries to Prometheus, told in the form of the aggregated API. */
export function createPrometheusSource({ client, definition, cluster }: PrometheusOptions): MetricsSource {
  return {
    kind: 'prometheus',
    name: client.name,
    describe: () => Promise.reject(new ConformanceError('NOT_SUPPORTED', `${client.name} has no API of the API server that could be described`)),
    async read({ resource, namespace, name, edges, labels }) {
      if (!isMetricResource(resource) || definition.received.resources[resource] === undefined) return missing(resource);
      const objects = await objectsOf(resource, { ...(namespace === undefined ? {} : { namespace }), ...(labels === undefined ? {} : { labels }) });
      const wanted = objects.filter((object) => name === undefined || object.metadata.name === name);
      if (name !== undefined && wanted.length === 0) return missing(`${resource} ${name}`);
      if (edges === true) return ok(await edgesOf(resource, wanted[0], await objectsOf(resource, {})));
      const received = await receivedBy(resource, wanted, name === undefined ? undefined : wanted[0]);
      if (name !== undefined) return ok(received[0]);
      return ok({ kind: 'TrafficMetricsList', apiVersion, resource: { kind: metricKinds[resource] }, ...(labels === undefined ? {} : { selector: { matchLabels: labels } }), items: received });
    },
  };

  async function objectsOf(resource: MetricResource, within: Pick<MetricsQuery, 'namespace' | 'labels'>): Promise<KubeObject[]> {
    return cluster.list({ apiVersion: apiVersions[resource] ?? 'v1', kind: metricKinds[resource], ...within });
  }

  /** One item for each object, those without a series included. */
  async function receivedBy(resource: MetricResource, objects: readonly KubeObject[], one: KubeObject | undefined): Promise<object[]> {
    const labels = definition.received.resources[resource] as ResourceLabels;
    const wanted = one === undefined ? {} : valuesOf(labels, one);
    const series = await seriesOf(wanted, [definition.received.where ?? '', labels.where ?? ''], labelsOf(labels));
    return objects.map((object) => metricsOf(reference(resource, object), { direction: 'from', side: 'server', resource: {} }, valuesOf(labels, object), series));
  }

  async function edgesOf(resource: MetricResource, object: KubeObject | undefined, peers: readonly KubeObject[]): Promise<object> {
    const ends = definition.exchanged?.resources[resource];
    if (ends === undefined || object === undefined) return { kind: 'TrafficMetricsList', apiVersion, resource: object === undefined ? {} : reference(resource, object), items: [] };
    const items = await Promise.all((['to', 'from'] as const).map(async (direction) => {
      const [mine, theirs] = direction === 'to' ? [ends.from, ends.to] : [ends.to, ends.from];
      const series = await seriesOf(valuesOf(mine, object), [definition.exchanged?.where ?? '', mine.where ?? '', theirs.where ?? ''], [...labelsOf(mine), ...labelsOf(theirs)]);
      return peers.flatMap((peer) => {
        const both = { ...valuesOf(mine, object), ...valuesOf(theirs, peer) };
        if (valueOf(series, 'success', both) + valueOf(series, 'failure', both) === 0) return [];
        return [metricsOf(reference(resource, object), { direction, side: direction === 'to' ? 'client' : 'server', resource: reference(resource, peer) }, both, series)];
      });
    }));
    return { kind: 'TrafficMetricsList', apiVersion, resource: reference(resource, object), items: items.flat() };
  }

  async function seriesOf(wanted: Wanted, conditions: readonly string[], by: readonly string[]): Promise<Record<Asked, Series[]>> {
    const answers = await Promise.all(asked.map(async (which): Promise<[Asked, Series[]]> => [which, await client.query(fill(definition, which, wanted, conditions, by))]));
    return Object.fromEntries(answers) as Record<Asked, Series[]>;
  }

  /** The values that a resource's labels have in its series. */
  function valuesOf({ namespace, name }: ResourceLabels, { metadata }: KubeObject): Wanted {
    const written = (value: string): string => (definition.underscores === true ? value.replaceAll(/[-.]/g, '_') : value);
    return { ...(namespace === undefined ? {} : { [namespace]: written(metadata.namespace ?? '') }), [name]: written(metadata.name) };
  }

  function metricsOf(resource: object, edge: object, labels: Wanted, series: Record<Asked, Series[]>): object {
    const unit = definition.latencyUnit === 'ms' ? 'ms' : 'seconds';
    return {
      kind: 'TrafficMetrics', apiVersion, resource, edge, timestamp: new Date().toISOString(), window: definition.window,
      metrics: [
        ...(['p50', 'p90', 'p99'] as const).map((which) => ({ name: `${which}_response_latency`, unit, value: String(valueOf(series, which, labels)) })),
        { name: 'success_count', value: String(valueOf(series, 'success', labels)) },
        { name: 'failure_count', value: String(valueOf(series, 'failure', labels)) },
      ],
    };
  }
}

const apiVersion = 'metrics.smi-spec.io/v1alpha1';

/** Of kinds that are not in the core group. */
const apiVersions: Partial<Record<MetricResource, string>> = { deployments: 'apps/v1', replicasets: 'apps/v1', statefulsets: 'apps/v1', daemonsets: 'apps/v1', jobs: 'batch/v1' };

/** The sum of the series that bear these labels; 0 where there is none, or none of them is a number. */
function valueOf(series: Record<Asked, Series[]>, which: Asked, labels: Wanted): number {
  const mine = series[which].filter((one) => Object.entries(labels).every(([label, value]) => one.labels[label] === value));
  return mine.reduce((sum, { value }) => sum + (Number.isFinite(value) ? value : 0), 0);
}

function reference(resource: MetricResource, { metadata }: KubeObject): { kind: string; namespace?: string; name: string } {
  return { kind: metricKinds[resource], ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }), name: metadata.name };
}

function ok(body: unknown): ApiAnswer {
  return { status: 200, body };
}

function missing(what: string): ApiAnswer {
  return { status: 404, body: { kind: 'Status', status: 'Failure', reason: 'NotFound', message: `there are no metrics of ${what}`, code: 404 } };
}
