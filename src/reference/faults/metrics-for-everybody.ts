import type { Fault } from './fault.ts';

export const metricsForEverybody: Fault = {
  name: 'metrics-for-everybody',
  row: '+',
  title: 'Metrics are given to accounts that may not have them',
  seam: 'metrics',
  kills: ['traffic-metrics/rbac-scoping'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, permits: () => true } }),
};
