import type { Fault } from './fault.ts';

export const metricsPercentilesSwapped: Fault = {
  name: 'metrics-percentiles-swapped',
  row: '+',
  title: "The median and the 99th percentile have each other's names",
  seam: 'metrics',
  kills: ['traffic-metrics/latency-order', 'traffic-metrics/latency-separation'],
  mayAffect: ['traffic-metrics/latency-unit'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, percentile: (sorted, part) => decisions.metrics.percentile(sorted, part === 0.9 ? part : 1.49 - part) } }),
};
