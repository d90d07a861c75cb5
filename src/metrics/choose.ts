import type { Cluster } from '../cluster/port.ts';
import { waitUntil } from '../mesh/install/wait.ts';
import { ConformanceError } from '../model/errors.ts';
import type { Marks, MeshDefinition, PrometheusMetrics } from '../model/mesh.ts';
import type { Offer } from '../model/report.ts';
import type { Specification } from '../model/specification.ts';
import { createAggregated } from './aggregated.ts';
import { addressOf, inputOf, type PrometheusWish } from './prometheus/address.ts';
import { createPrometheus } from './prometheus/client.ts';
import { createPrometheusSource } from './prometheus/source.ts';
import type { MetricsSource } from './source.ts';

export interface MetricsChoice {
  source: MetricsSource;
  /** As they were given, but for metrics that come from Prometheus: those are claimed and offered as far as the definition's queries go, and its enrolment has what is scraped bear the marks of that. */
  definition: MeshDefinition;
  offered: Partial<Record<Specification, Offer>>;
}

export interface MetricsWish {
  cluster: Cluster;
  definition: MeshDefinition;
  offered: Partial<Record<Specification, Offer>>;
  prometheus?: PrometheusWish;
  signal?: AbortSignal;
}

/**
 * Where a run reads metrics: the aggregated API where the mesh offers it, else Prometheus where the caller says which and the mesh's definition has
 * queries for it. Rejects with BAD_INPUT where what was asked for cannot be had, and POD_NOT_READY where what the run installed does not begin, before anything is created.
 */
export async function chooseMetrics({ cluster, definition, offered, prometheus, signal }: MetricsWish): Promise<MetricsChoice> {
  const source = createAggregated(cluster);
  if (prometheus === undefined || offered['traffic-metrics'] !== undefined) return { source, definition, offered };
  const queries = definition.metrics?.prometheus;
  if (queries === undefined) throw noQueries(definition);
  const client = createPrometheus(await addressOf(prometheus, cluster));
  await reach(client, prometheus, signal);
  const offer: Offer = {
    versions: ['v1alpha1'],
    kinds: Object.keys(queries.received.resources),
    without: ['TrafficMetrics.api', ...(queries.exchanged === undefined ? ['TrafficMetrics.edges'] : [])],
  };
  const claims = definition.claims === 'served' ? definition.claims : { ...definition.claims, 'traffic-metrics': { versions: offer.versions, kinds: [], without: offer.without } };
  return { source: createPrometheusSource({ client, definition: queries, cluster }), definition: { ...definition, claims, enrolment: scraped(definition.enrolment, queries) }, offered: { ...offered, 'traffic-metrics': offer } };
}

/** Throws BAD_INPUT for a mesh whose metrics Prometheus cannot be asked for, whatever its cluster turns out to serve. */
export function requireQueries(definition: MeshDefinition): void {
  const { claims, metrics } = definition;
  if (metrics?.prometheus === undefined && claims !== 'served' && claims['traffic-metrics'] === undefined) throw noQueries(definition);
}

function noQueries({ name }: MeshDefinition): ConformanceError {
  return new ConformanceError('BAD_INPUT', `prometheus_url is given, and the definition of ${name} has no queries for it: leave it out, or add metrics.prometheus to a definition of your own`);
}

/** Its process runs before it takes connections, and its pod does not say when it does. */
const beginsMs = 60_000;

/** That what is there is Prometheus, and answers: at once, or in time where it was just installed. */
async function reach({ query, name }: ReturnType<typeof createPrometheus>, wish: PrometheusWish, signal: AbortSignal | undefined): Promise<void> {
  let cause: unknown;
  const trouble = await waitUntil(async () => {
    try {
      await query('vector(1)');
      return undefined;
    } catch (error) {
      cause = error;
      // Any other message may hold the address as it was written, with its password.
      return error instanceof ConformanceError ? error.message : name;
    }
  }, { limitMs: wish.installed === true ? beginsMs : 0, ...(signal && { signal }) });
  if (trouble === undefined) return;
  throw wish.installed === true
    ? new ConformanceError('POD_NOT_READY', `${inputOf(wish)}: ${trouble}, ${beginsMs / 1000} s after it was installed. Look at the logs of its pod.`, { cause })
    : new ConformanceError('BAD_INPUT', `${inputOf(wish)}: ${trouble}. Check the address, and that this machine reaches it.`, { cause });
}

/** The enrolment, with what the mesh's proxies need to be scraped. */
function scraped(enrolment: MeshDefinition['enrolment'], { enrolment: more = {} }: PrometheusMetrics): MeshDefinition['enrolment'] {
  return { ...enrolment, namespace: both(enrolment.namespace, more.namespace), pod: both(enrolment.pod, more.pod) };
}

function both(marks: Marks, { labels, annotations }: Marks = {}): Marks {
  return { ...marks, ...(labels && { labels: { ...marks.labels, ...labels } }), ...(annotations && { annotations: { ...marks.annotations, ...annotations } }) };
}
