import type { Fault } from './fault.ts';
import { podKey } from '../metrics/index.ts';

export const metricsOfOneCaller: Fault = {
  name: 'metrics-of-one-caller',
  row: '+',
  title: 'Only the requests of one caller are counted',
  seam: 'metrics',
  kills: ['traffic-metrics/default-edge-received'],
  mayAffect: ['traffic-metrics/success-count', 'traffic-metrics/failure-count', 'traffic-metrics/latency-separation', 'traffic-metrics/latency-unit', 'traffic-metrics/latency-order', 'traffic-metrics/aggregation-namespace', 'traffic-metrics/aggregation-deployment', 'traffic-metrics/edge-scoped-numbers'],
  apply: (decisions) => ({
    ...decisions,
    metrics: {
      ...decisions.metrics,
      own: (exchanges, isMine, resource) => {
        const own = decisions.metrics.own(exchanges, isMine, resource);
        const last = own.map(({ caller }) => podKey(caller)).toSorted().at(-1);
        return own.filter(({ caller }) => podKey(caller) === last);
      },
    },
  }),
};
