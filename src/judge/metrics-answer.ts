import type { Selection } from '../model/metrics.ts';
import { durationOf, numberOf } from './quantity.ts';

/** An object reference, as far as an answer has it. */
export interface Reference {
  kind?: string;
  namespace?: string;
  name?: string;
}

/** A resource of the lane by its real names; several where pods of a workload are meant. */
export interface Place {
  kind: string;
  namespace?: string;
  names: string[];
}

/** One item of an answer. Nothing of it is sure to be there. */
export interface Item {
  kind?: unknown;
  resource?: Reference | null;
  edge?: { direction?: unknown; side?: unknown; resource?: Reference | null } | null;
  backend?: { apex?: unknown; name?: unknown; weight?: unknown } | null;
  timestamp?: unknown;
  window?: unknown;
  metrics?: unknown;
}

/** The items of an answer, be it a list or one object; none where it is neither. */
export function itemsOf(body: unknown): Item[] {
  const { kind, items } = fieldsOf(body);
  if (kind === 'TrafficMetricsList') return Array.isArray(items) ? items.map((item) => fieldsOf(item)) : [];
  return kind === 'TrafficMetrics' ? [fieldsOf(body)] : [];
}

/** The items that a selection means. */
export function selected(body: unknown, of: Selection | undefined, places: Readonly<Record<string, Place>>): Item[] {
  const { item, direction, peer, backend } = of ?? {};
  return itemsOf(body).filter((one) =>
    (item === undefined || isAt(one.resource, places[item])) &&
    (direction === undefined || one.edge?.direction === direction) &&
    (peer === undefined || isAt(one.edge?.resource, places[peer])) &&
    (backend === undefined || one.backend?.name === backend));
}

/** Whether a reference means a place, or one of its pods. What it does not say of kind or namespace does not count against it. */
export function isAt(reference: Reference | null | undefined, place: Place | undefined): boolean {
  if (reference === null || reference === undefined || place === undefined) return false;
  const { kind, namespace, name } = reference;
  return typeof name === 'string' && place.names.includes(name) && (!kind || kind === place.kind) && (!namespace || place.namespace === undefined || namespace === place.namespace);
}

export interface Named {
  name: string;
  unit: string | undefined;
  value: number | undefined;
}

/** The metrics of an item. */
export function metricsOf({ metrics }: Item): Named[] {
  if (!Array.isArray(metrics)) return [];
  return metrics.map(fieldsOf).map(({ name, unit, value }) => ({ name: String(name), unit: typeof unit === 'string' ? unit : undefined, value: numberOf(value) }));
}

export type Counted = 'success' | 'failure' | 'total';

/** How many requests items count together; undefined where one of them says no number. */
export function countOf(items: readonly Item[], counted: Counted): number | undefined {
  const wanted = counted === 'total' ? ['success_count', 'failure_count'] : [`${counted}_count`];
  const numbers = items.flatMap((item) => wanted.map((name) => metricsOf(item).find((metric) => metric.name === name)?.value));
  return numbers.every((one) => one !== undefined) ? numbers.reduce((sum, one) => sum + one, 0) : undefined;
}

/** A percentile of an item in milliseconds, by the unit that it states. */
export function percentileOf(item: Item, percentile: 'p50' | 'p90' | 'p99'): number | undefined {
  const found = metricsOf(item).find(({ name }) => name === `${percentile}_response_latency`);
  const factor = unitFactors[found?.unit ?? ''];
  return found?.value === undefined || factor === undefined ? undefined : found.value * factor;
}

/** How many milliseconds the units are that are known. */
const unitFactors: Record<string, number> = { seconds: 1000, s: 1000, ms: 1, milliseconds: 1 };

/** The window of an answer in milliseconds; undefined where it says none. */
export function windowOf(body: unknown): number | undefined {
  return durationOf(itemsOf(body)[0]?.window);
}

export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
