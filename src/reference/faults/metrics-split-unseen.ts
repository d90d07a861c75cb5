import type { Fault } from './fault.ts';

export const metricsSplitUnseen: Fault = {
  name: 'metrics-split-unseen',
  row: '+',
  title: 'The metrics of a TrafficSplit are one total',
  seam: 'metrics',
  kills: ['traffic-metrics/trafficsplit-items', 'traffic-metrics/trafficsplit-counts'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    metrics: {
      ...decisions.metrics,
      listed: (list) => decisions.metrics.listed(list.resource.kind !== 'TrafficSplit' ? list : { ...list, items: list.items.slice(0, 1).map(({ backend: _backend, ...item }) => item) }),
    },
  }),
};
