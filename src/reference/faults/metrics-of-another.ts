import type { Fault } from './fault.ts';
import { behindMetrics, except } from './reach.ts';

const kills = ['traffic-metrics/object-shape'];

export const metricsOfAnother: Fault = {
  name: 'metrics-of-another',
  row: '+',
  title: 'An answer about a pod names another one',
  seam: 'metrics',
  kills,
  mayAffect: except([...behindMetrics], kills),
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, told: (metrics) => (metrics.resource.kind === 'Pod' ? { ...metrics, resource: { ...metrics.resource, name: `${metrics.resource.name}-0` } } : metrics) } }),
};
