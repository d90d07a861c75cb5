import type { Fault } from './fault.ts';

export const metricsDeploymentsOnly: Fault = {
  name: 'metrics-deployments-only',
  row: '+',
  title: 'Of all kinds of workloads only Deployments show their traffic',
  seam: 'metrics',
  kills: ['traffic-metrics/get-workloads'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, own: (exchanges, isMine, resource) => (['replicasets', 'statefulsets', 'daemonsets', 'replicationcontrollers', 'jobs'].includes(resource.resource) ? [] : decisions.metrics.own(exchanges, isMine, resource)) } }),
};
