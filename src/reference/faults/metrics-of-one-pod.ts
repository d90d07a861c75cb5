import type { Fault } from './fault.ts';

export const metricsOfOnePod: Fault = {
  name: 'metrics-of-one-pod',
  row: '62',
  title: 'The metrics of a Deployment are those of its first pod',
  seam: 'metrics',
  kills: ['traffic-metrics/aggregation-deployment'],
  mayAffect: ['traffic-metrics/default-edge-received', 'traffic-metrics/success-count', 'traffic-metrics/failure-count', 'traffic-metrics/edge-scoped-numbers', 'traffic-metrics/edge-to', 'traffic-metrics/edge-from', 'traffic-metrics/edge-side', 'traffic-metrics/edges-subresource', 'traffic-metrics/edge-only-exchanged', 'traffic-metrics/two-way-consistency', 'traffic-metrics/latency-separation', 'traffic-metrics/latency-unit', 'traffic-metrics/latency-order'],
  apply: (decisions) => ({ ...decisions, metrics: { ...decisions.metrics, members: (pods, resource) => (resource.resource === 'deployments' ? pods.slice(0, 1) : pods) } }),
};
