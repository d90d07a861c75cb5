import type { Fault } from './fault.ts';
import { behindMetrics, except } from './reach.ts';

const kills = ['traffic-metrics/discovery-resource-list', 'traffic-metrics/discovery-all-kinds'];

export const metricsOfPodsOnly: Fault = {
  name: 'metrics-of-pods-only',
  row: '+',
  title: 'There are metrics of pods only',
  seam: 'metrics',
  kills,
  mayAffect: except([...behindMetrics], kills),
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, lists: (resources) => resources.filter(({ name }) => name === 'pods') } }),
};
