import type { Fault } from './fault.ts';

export const metricsClockStopped: Fault = {
  name: 'metrics-clock-stopped',
  row: '+',
  title: 'The time of every answer is that of the first',
  seam: 'metrics',
  kills: ['traffic-metrics/timestamp-window'],
  mayAffect: [],
  apply(decisions) {
    let first: number | undefined;
    return { ...decisions, metrics: { ...decisions.metrics, stamp: (now) => (first ??= now) } };
  },
};
