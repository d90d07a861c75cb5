import type { Fault } from './fault.ts';

export const metricsListsRepeat: Fault = {
  name: 'metrics-lists-repeat',
  row: '+',
  title: 'Each resource is listed twice',
  seam: 'metrics',
  kills: ['traffic-metrics/list-kind', 'traffic-metrics/list-all-namespaces', 'traffic-metrics/list-label-selector', 'traffic-metrics/aggregation-deployment', 'traffic-metrics/aggregation-namespace'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, held: (resources, namespace) => decisions.metrics.held(resources, namespace).flatMap((one) => [one, one]) } }),
};
