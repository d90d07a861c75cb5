import type { Fault } from './fault.ts';
import { podKey } from '../metrics/index.ts';

export const metricsSplitPastRoot: Fault = {
  name: 'metrics-split-past-root',
  row: '+',
  title: "A backend's metrics in a TrafficSplit are of everything that reaches its pods",
  seam: 'metrics',
  kills: ['traffic-metrics/trafficsplit-counts'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, ofBackend: (exchanges, _split, _backend, isBackend) => exchanges.filter(({ destination }) => isBackend(podKey(destination))) } }),
};
