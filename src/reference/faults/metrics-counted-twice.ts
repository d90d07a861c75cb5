import type { Fault } from './fault.ts';

export const metricsCountedTwice: Fault = {
  name: 'metrics-counted-twice',
  row: '+',
  title: 'Each request is counted by both of its side proxies',
  seam: 'metrics',
  kills: ['traffic-metrics/success-count', 'traffic-metrics/failure-count', 'traffic-metrics/default-edge-received'],
  mayAffect: ['traffic-metrics/edge-scoped-numbers', 'traffic-metrics/aggregation-namespace', 'traffic-metrics/trafficsplit-counts'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, counted: (exchanges, now) => decisions.metrics.counted(exchanges, now).flatMap((one) => [one, one]) } }),
};
