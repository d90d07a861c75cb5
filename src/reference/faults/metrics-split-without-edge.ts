import type { Fault } from './fault.ts';

export const metricsSplitWithoutEdge: Fault = {
  name: 'metrics-split-without-edge',
  row: '+',
  title: 'The metrics of a TrafficSplit have no edge',
  seam: 'metrics',
  kills: ['traffic-metrics/trafficsplit-edge'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    metrics: {
      ...decisions.metrics,
      told: (metrics) => {
        const { edge, ...rest } = metrics;
        return metrics.backend === undefined && edge !== undefined ? { ...rest, edge } : rest;
      },
    },
  }),
};
