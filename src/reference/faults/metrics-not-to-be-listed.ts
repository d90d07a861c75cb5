import type { Fault } from './fault.ts';

export const metricsNotToBeListed: Fault = {
  name: 'metrics-not-to-be-listed',
  row: '+',
  title: 'The resources of the metrics API can be got and, by what it says, not listed',
  seam: 'metrics',
  kills: ['traffic-metrics/discovery-resource-list', 'traffic-metrics/discovery-all-kinds'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, lists: (resources) => resources.map((resource) => ({ ...resource, verbs: ['get'] })) } }),
};
