import type { Fault } from './fault.ts';

export const metricsPercentilesAreMeans: Fault = {
  name: 'metrics-percentiles-are-means',
  row: '59',
  title: 'Every percentile is the mean',
  seam: 'metrics',
  kills: ['traffic-metrics/latency-separation'],
  mayAffect: ['traffic-metrics/latency-unit'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, percentile: (sorted) => sorted.reduce((sum, one) => sum + one, 0) / sorted.length } }),
};
