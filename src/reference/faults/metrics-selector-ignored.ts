import type { Fault } from './fault.ts';

export const metricsSelectorIgnored: Fault = {
  name: 'metrics-selector-ignored',
  row: '+',
  title: 'Label selectors are ignored',
  seam: 'metrics',
  kills: ['traffic-metrics/list-label-selector'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, selected: (resources) => resources } }),
};
