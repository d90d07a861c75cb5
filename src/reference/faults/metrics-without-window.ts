import type { Fault } from './fault.ts';
import { behindMetrics, except } from './reach.ts';

const kills = ['traffic-metrics/object-shape'];

export const metricsWithoutWindow: Fault = {
  name: 'metrics-without-window',
  row: '+',
  title: 'Answers do not say over which time their numbers are',
  seam: 'metrics',
  kills,
  mayAffect: except([...behindMetrics], kills),
  apply: (decisions) => ({
    ...decisions,
    metrics: {
      ...decisions.metrics,
      told: (metrics, numbers) => {
        const { window: _window, ...rest } = decisions.metrics.told(metrics, numbers);
        return rest;
      },
    },
  }),
};
