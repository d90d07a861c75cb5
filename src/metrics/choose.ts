import type { Cluster } from '../cluster/port.ts';
import { ConformanceError } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { Offer } from '../model/report.ts';
import type { Specification } from '../model/specification.ts';
import { createAggregated } from './aggregated.ts';
import { addressOf } from './prometheus/address.ts';
import { createPrometheus } from './prometheus/client.ts';
import { createPrometheusSource } from './prometheus/source.ts';
import type { MetricsSource } from './source.ts';

export interface MetricsChoice {
  source: MetricsSource;
  /** As they were given, but for metrics that come from Prometheus: those are claimed and offered as far as the definition's queries go. */
  definition: MeshDefinition;
  offered: Partial<Record<Specification, Offer>>;
}

export interface MetricsWish {
  cluster: Cluster;
  definition: MeshDefinition;
  offered: Partial<Record<Specification, Offer>>;
  /** A URL, or a Service of the cluster as `namespace/name:port`. */
  prometheusUrl?: string;
}

/**
 * Where a run reads metrics: the aggregated API where the mesh offers it, else Prometheus where the caller says which and the mesh's definition has
 * queries for it. Rejects with BAD_INPUT where what was asked for cannot be had, before anything is created.
 */
export async function chooseMetrics({ cluster, definition, offered, prometheusUrl }: MetricsWish): Promise<MetricsChoice> {
  const source = createAggregated(cluster);
  if (prometheusUrl === undefined || offered['traffic-metrics'] !== undefined) return { source, definition, offered };
  const queries = definition.metrics?.prometheus;
  if (queries === undefined) throw noQueries(definition);
  const client = createPrometheus(await addressOf(prometheusUrl, cluster));
  await reach(client);
  const offer: Offer = {
    versions: ['v1alpha1'],
    kinds: Object.keys(queries.received.resources),
    without: ['TrafficMetrics.api', ...(queries.exchanged === undefined ? ['TrafficMetrics.edges'] : [])],
  };
  const claims = definition.claims === 'served' ? definition.claims : { ...definition.claims, 'traffic-metrics': { versions: offer.versions, kinds: [], without: offer.without } };
  return { source: createPrometheusSource({ client, definition: queries, cluster }), definition: { ...definition, claims }, offered: { ...offered, 'traffic-metrics': offer } };
}

/** Throws BAD_INPUT for a mesh whose metrics Prometheus cannot be asked for, whatever its cluster turns out to serve. */
export function requireQueries(definition: MeshDefinition): void {
  const { claims, metrics } = definition;
  if (metrics?.prometheus === undefined && claims !== 'served' && claims['traffic-metrics'] === undefined) throw noQueries(definition);
}

function noQueries({ name }: MeshDefinition): ConformanceError {
  return new ConformanceError('BAD_INPUT', `prometheus_url is given, and the definition of ${name} has no queries for it: leave it out, or add metrics.prometheus to a definition of your own`);
}

/** That what is there is Prometheus, and answers. */
async function reach({ query, name }: ReturnType<typeof createPrometheus>): Promise<void> {
  try {
    await query('vector(1)');
  } catch (error) {
    throw new ConformanceError('BAD_INPUT', `prometheus_url: ${error instanceof ConformanceError ? error.message : name}. Check the address, and that this machine reaches it.`, { cause: error });
  }
}
