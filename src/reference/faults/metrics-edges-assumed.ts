import type { Fault } from './fault.ts';

export const metricsEdgesAssumed: Fault = {
  name: 'metrics-edges-assumed',
  row: '+',
  title: 'There is an edge between any two resources, whether or not they exchange traffic',
  seam: 'metrics',
  kills: ['traffic-metrics/edge-only-exchanged'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, edges: (candidates) => candidates } }),
};
