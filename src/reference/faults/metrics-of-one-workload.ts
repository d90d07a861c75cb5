import type { Fault } from './fault.ts';

export const metricsOfOneWorkload: Fault = {
  name: 'metrics-of-one-workload',
  row: '+',
  title: 'The metrics of a namespace are those of one of its workloads',
  seam: 'metrics',
  kills: ['traffic-metrics/aggregation-namespace'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    metrics: {
      ...decisions.metrics,
      own: (exchanges, isMine, resource) => {
        const own = decisions.metrics.own(exchanges, isMine, resource);
        return resource.resource === 'namespaces' ? own.filter(({ destination }) => destination.labels['app'] === own.at(-1)?.destination.labels['app']) : own;
      },
    },
  }),
};
