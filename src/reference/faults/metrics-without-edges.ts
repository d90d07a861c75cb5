import type { Fault } from './fault.ts';

export const metricsWithoutEdges: Fault = {
  name: 'metrics-without-edges',
  row: '+',
  title: 'There are no edges to ask for',
  seam: 'metrics',
  kills: ['traffic-metrics/edges-subresource', 'traffic-metrics/edge-to', 'traffic-metrics/edge-from'],
  mayAffect: ['traffic-metrics/rbac-scoping', 'traffic-metrics/edge-side', 'traffic-metrics/edge-only-exchanged', 'traffic-metrics/edge-scoped-numbers', 'traffic-metrics/two-way-consistency'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, hasEdges: () => false } }),
};
