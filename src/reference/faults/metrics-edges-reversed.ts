import type { Fault } from './fault.ts';

export const metricsEdgesReversed: Fault = {
  name: 'metrics-edges-reversed',
  row: '56',
  title: 'Edges have the opposite direction',
  seam: 'metrics',
  kills: ['traffic-metrics/edge-to', 'traffic-metrics/edge-from'],
  mayAffect: ['traffic-metrics/edge-side', 'traffic-metrics/edge-scoped-numbers', 'traffic-metrics/two-way-consistency'],
  apply: (decisions) => ({
    ...decisions,
    metrics: {
      ...decisions.metrics,
      told: (metrics) => {
        const { edge } = metrics;
        return edge?.resource.name === undefined ? metrics : { ...metrics, edge: { ...edge, direction: edge.direction === 'to' ? 'from' : 'to' } };
      },
    },
  }),
};
