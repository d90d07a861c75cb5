import type { Fault } from './fault.ts';

export const metricsNodesEmpty: Fault = {
  name: 'metrics-nodes-empty',
  row: '+',
  title: 'Nodes show no traffic',
  seam: 'metrics',
  kills: ['traffic-metrics/get-node'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, own: (exchanges, isMine, resource) => (resource.resource === 'nodes' ? [] : decisions.metrics.own(exchanges, isMine, resource)) } }),
};
