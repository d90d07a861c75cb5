import type { Fault } from './fault.ts';

export const metricsNamespacesEmpty: Fault = {
  name: 'metrics-namespaces-empty',
  row: '+',
  title: 'Namespaces show no traffic',
  seam: 'metrics',
  kills: ['traffic-metrics/get-namespace', 'traffic-metrics/aggregation-namespace'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, own: (exchanges, isMine, resource) => (resource.resource === 'namespaces' ? [] : decisions.metrics.own(exchanges, isMine, resource)) } }),
};
