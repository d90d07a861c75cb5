import type { Fault } from './fault.ts';

export const metricsServicesEmpty: Fault = {
  name: 'metrics-services-empty',
  row: '+',
  title: 'Services show no traffic',
  seam: 'metrics',
  kills: ['traffic-metrics/get-service'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, own: (exchanges, isMine, resource) => (resource.resource === 'services' ? [] : decisions.metrics.own(exchanges, isMine, resource)) } }),
};
