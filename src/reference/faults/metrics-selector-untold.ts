import type { Fault } from './fault.ts';

export const metricsSelectorUntold: Fault = {
  name: 'metrics-selector-untold',
  row: '+',
  title: 'A list does not say by which labels it was selected',
  seam: 'metrics',
  kills: ['traffic-metrics/selector-echoed'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    metrics: {
      ...decisions.metrics,
      listed(list) {
        const { selector: _selector, ...rest } = decisions.metrics.listed(list);
        return rest;
      },
    },
  }),
};
