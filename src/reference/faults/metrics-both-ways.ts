import type { Fault } from './fault.ts';
import { podKey } from '../metrics/index.ts';

export const metricsBothWays: Fault = {
  name: 'metrics-both-ways',
  row: '+',
  title: "A resource's own numbers are of what it received and of what it sent",
  seam: 'metrics',
  kills: ['traffic-metrics/default-edge-received'],
  mayAffect: ['traffic-metrics/aggregation-namespace', 'traffic-metrics/success-count', 'traffic-metrics/failure-count', 'traffic-metrics/edge-scoped-numbers', 'traffic-metrics/get-pod', 'traffic-metrics/instantaneous', 'traffic-metrics/latency-separation', 'traffic-metrics/latency-unit'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, own: (exchanges, isMine) => exchanges.filter(({ caller, destination }) => isMine(podKey(caller)) || isMine(podKey(destination))) } }),
};
