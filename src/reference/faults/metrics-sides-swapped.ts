import type { Fault } from './fault.ts';

export const metricsSidesSwapped: Fault = {
  name: 'metrics-sides-swapped',
  row: '+',
  title: 'What was measured at the server is said to be measured at the client, and the other way round',
  seam: 'metrics',
  kills: ['traffic-metrics/edge-side', 'traffic-metrics/trafficsplit-edge'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, told: (metrics) => ({ ...metrics, ...(metrics.edge && { edge: { ...metrics.edge, side: metrics.edge.side === 'client' ? ('server' as const) : ('client' as const) } }) }) } }),
};
