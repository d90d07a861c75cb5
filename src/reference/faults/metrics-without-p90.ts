import type { Fault } from './fault.ts';

export const metricsWithoutP90: Fault = {
  name: 'metrics-without-p90',
  row: '+',
  title: 'The 90th percentile is missing',
  seam: 'metrics',
  kills: ['traffic-metrics/metric-names'],
  mayAffect: ['traffic-metrics/latency-order', 'traffic-metrics/latency-separation'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, told: (metrics) => ({ ...metrics, metrics: metrics.metrics.filter(({ name }) => name !== 'p90_response_latency') }) } }),
};
