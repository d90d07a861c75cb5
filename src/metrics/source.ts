import type { ApiAnswer } from '../cluster/port.ts';

/** A resource, or all of a kind, of which metrics are asked. Names are the cluster's own. */
export interface MetricsQuery {
  /** As the API calls it: `deployments`. */
  resource: string;
  /** Absent for resources that live in none, and for all namespaces. */
  namespace?: string;
  /** All of the kind where absent. */
  name?: string;
  /** Its edges instead of its own numbers. */
  edges?: true;
  labels?: Record<string, string>;
}

/**
 * Where metrics come from. Every source answers as the aggregated API does: a status, and a `TrafficMetrics` or a `TrafficMetricsList`.
 * Rejects only where no answer came.
 */
export interface MetricsSource {
  readonly kind: 'api' | 'prometheus';
  /** For the report: `v1alpha1.metrics.smi-spec.io`, `Prometheus at http://127.0.0.1:9090`. */
  readonly name: string;
  /** `as` asks as another user. */
  read(query: MetricsQuery, options?: { as?: string }): Promise<ApiAnswer>;
  /** What the API server says of the API itself: its registration, or the resources that it lists. Only of the aggregated API. */
  describe(what: 'service' | 'resources'): Promise<ApiAnswer>;
}
