import type { Fault } from './fault.ts';

export const metricsNodesInNamespaces: Fault = {
  name: 'metrics-nodes-in-namespaces',
  row: '+',
  title: 'Nodes are listed as if they lived in namespaces',
  seam: 'metrics',
  kills: ['traffic-metrics/discovery-namespaced-flags'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, lists: (resources) => resources.map((resource) => (resource.name === 'nodes' ? { ...resource, namespaced: true } : resource)) } }),
};
