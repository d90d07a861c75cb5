import type { Fault } from './fault.ts';
import { behindMetrics, except } from './reach.ts';

const kills = ['traffic-metrics/apiservice-available', 'traffic-metrics/discovery-resource-list', 'traffic-metrics/discovery-all-kinds', 'traffic-metrics/discovery-namespaced-flags', 'traffic-metrics/object-shape'];

export const metricsUnavailable: Fault = {
  name: 'metrics-unavailable',
  row: '+',
  title: 'The metrics API is registered, and nothing answers for it',
  seam: 'metrics',
  kills,
  mayAffect: except(behindMetrics, kills),
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, available: () => false } }),
};
