import type { Fault } from './fault.ts';

export const metricsEdgesWithPods: Fault = {
  name: 'metrics-edges-with-pods',
  row: '+',
  title: 'Who may have the metrics of a resource may have its edges, and the other way round',
  seam: 'metrics',
  kills: ['traffic-metrics/rbac-scoping'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, permits: (permitted, asked) => permitted.some((one) => one.split('/')[0] === asked.split('/')[0]) } }),
};
