import type { Fault } from './fault.ts';

export const metricsPodsAlike: Fault = {
  name: 'metrics-pods-alike',
  row: '+',
  title: 'The metrics of a pod are those of its whole namespace',
  seam: 'metrics',
  kills: ['traffic-metrics/get-pod', 'traffic-metrics/aggregation-deployment'],
  mayAffect: ['traffic-metrics/aggregation-namespace'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, own: (exchanges, isMine, resource) => (resource.resource === 'pods' ? exchanges.filter(({ destination }) => destination.namespace === resource.namespace) : decisions.metrics.own(exchanges, isMine, resource)) } }),
};
