export { createAggregated, pathOf } from './aggregated.ts';
export { chooseMetrics, requireQueries } from './choose.ts';
export type { MetricsChoice, MetricsWish } from './choose.ts';
export { inputOf, type PrometheusWish } from './prometheus/address.ts';
export type { MetricsQuery, MetricsSource } from './source.ts';
