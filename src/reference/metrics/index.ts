export { createMetricsApi } from './api.ts';
export type { Answer, MetricsApi } from './api.ts';
export { metricsDecisions, podKey, windowMs } from './decisions.ts';
export type { MetricsDecisions, Numbers } from './decisions.ts';
export type { Edge, Metric, Resource, TrafficMetrics, TrafficMetricsList } from './model.ts';
export { createTrafficLog } from './traffic.ts';
export type { Exchange, SplitTaken, TrafficLog } from './traffic.ts';
