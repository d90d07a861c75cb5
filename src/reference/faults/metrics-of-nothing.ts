import type { Fault } from './fault.ts';

export const metricsOfNothing: Fault = {
  name: 'metrics-of-nothing',
  row: '+',
  title: 'What is not there has metrics without anything in them',
  seam: 'metrics',
  kills: ['traffic-metrics/unknown-resource'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, missing: () => 'empty' } }),
};
