import type { PrometheusMetrics, ResourceLabels } from '../../model/mesh.ts';

/** Labels and what they have to be. */
export type Wanted = Record<string, string>;

/** The five numbers of a TrafficMetrics, by the queries that give them. */
export type Asked = 'success' | 'failure' | 'p50' | 'p90' | 'p99';
export const asked: readonly Asked[] = ['success', 'failure', 'p50', 'p90', 'p99'];

const quantiles = { p50: '0.50', p90: '0.90', p99: '0.99' } as const;

/** A query of a mesh definition with everything filled in: `$selector`, `$by`, `$window` and `$quantile`. */
export function fill({ queries, window }: PrometheusMetrics, which: Asked, wanted: Wanted, conditions: readonly string[], by: readonly string[]): string {
  const template = which === 'success' || which === 'failure' ? queries[which] : queries.latency;
  const selector = [...conditions.filter((one) => one !== ''), ...Object.entries(wanted).map(([label, value]) => `${label}="${escaped(value)}"`)].join(',');
  return template
    .replaceAll('$selector', () => selector)
    .replaceAll('$by', () => by.join(', '))
    .replaceAll('$window', () => window)
    .replaceAll('$quantile', () => (which === 'success' || which === 'failure' ? '' : quantiles[which]));
}

/** The labels that say which resource a series is of, and their values for one. */
export function labelsOf({ namespace, name }: ResourceLabels): string[] {
  return namespace === undefined ? [name] : [namespace, name];
}

/** Within quotes of PromQL. */
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`).replaceAll('\n', String.raw`\n`);
}
