import type { MetricResource } from '../../model/metrics.ts';

/** A resource that has metrics, of those that are there. */
export interface Resource {
  resource: MetricResource;
  kind: string;
  name: string;
  namespace?: string;
  labels: Readonly<Record<string, string>>;
}

/** As the API gives them: an object reference, an edge, a number. */
export interface Reference {
  kind?: string;
  namespace?: string;
  name?: string;
}

export interface Edge {
  direction: 'to' | 'from';
  side?: 'client' | 'server';
  resource: Reference;
}

export interface Metric {
  name: string;
  unit?: string;
  value: string;
}

export interface TrafficMetrics {
  apiVersion: string;
  kind: string;
  resource: Reference;
  edge?: Edge;
  backend?: { apex: string; name: string; weight: number };
  timestamp: string;
  window?: string;
  metrics: Metric[];
}

export interface TrafficMetricsList {
  apiVersion: string;
  kind: string;
  resource: Reference;
  selector?: { matchLabels: Record<string, string> };
  items: TrafficMetrics[];
}

/** One entry of what discovery says of the API. */
export interface ListedResource {
  name: string;
  namespaced: boolean;
  kind: string;
  verbs: string[];
}
