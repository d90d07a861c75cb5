import type { Fault } from './fault.ts';

export const metricsUnitWrong: Fault = {
  name: 'metrics-unit-wrong',
  row: '60',
  title: 'Latency is in milliseconds and said to be in seconds',
  seam: 'metrics',
  kills: ['traffic-metrics/latency-unit'],
  mayAffect: ['traffic-metrics/latency-separation'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, told: (metrics) => ({ ...metrics, metrics: metrics.metrics.map((metric) => (metric.unit === undefined ? metric : { ...metric, value: metric.value.replace('m', '') })) }) } }),
};
