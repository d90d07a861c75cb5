import type { Fault } from './fault.ts';

export const metricsCumulative: Fault = {
  name: 'metrics-cumulative',
  row: '55',
  title: 'Counts never fall',
  seam: 'metrics',
  kills: ['traffic-metrics/instantaneous'],
  mayAffect: ['traffic-metrics/default-edge-received', 'traffic-metrics/success-count', 'traffic-metrics/failure-count', 'traffic-metrics/edge-scoped-numbers', 'traffic-metrics/aggregation-namespace', 'traffic-metrics/trafficsplit-counts'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, counted: (exchanges) => exchanges } }),
};
