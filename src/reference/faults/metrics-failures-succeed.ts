import type { Fault } from './fault.ts';

export const metricsFailuresSucceed: Fault = {
  name: 'metrics-failures-succeed',
  row: '58',
  title: 'Requests that the server failed count as successes',
  seam: 'metrics',
  kills: ['traffic-metrics/failure-count'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, succeeded: () => true } }),
};
