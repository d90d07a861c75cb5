import type { Fault } from './fault.ts';

export const metricsSentUncounted: Fault = {
  name: 'metrics-sent-uncounted',
  row: '+',
  title: 'What a resource sends is listed as an edge and not counted',
  seam: 'metrics',
  kills: ['traffic-metrics/edge-to', 'traffic-metrics/two-way-consistency'],
  mayAffect: ['traffic-metrics/edge-only-exchanged'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, between: (exchanges, isMine, isPeer, direction) => (direction === 'to' ? [] : decisions.metrics.between(exchanges, isMine, isPeer, direction)) } }),
};
