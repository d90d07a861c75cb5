export { createAggregated, pathOf } from './aggregated.ts';
export type { MetricsQuery, MetricsSource } from './source.ts';
