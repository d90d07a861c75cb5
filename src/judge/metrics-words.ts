import type { Shown } from '../model/metrics.ts';
import { countOf, fieldsOf, type Item, itemsOf } from './metrics-answer.ts';
import { clauses, joined } from './words.ts';

export function countsText(there: Item[]): string {
  if (there.length === 0) return 'no such item';
  return `${countOf(there, 'success') ?? 'no number of'} successes, ${countOf(there, 'failure') ?? 'no number of'} failures`;
}

export function itemsText(body: unknown): string {
  const there = itemsOf(body);
  return there.length === 0 ? 'no items' : clauses(there.map(({ resource, edge: one }) => `${referenceText(resource)}${one?.resource === undefined ? '' : ` ${String(one.direction)} ${referenceText(one.resource)}`}`));
}

export function ofText(of: Shown['of']): string {
  return of === undefined ? '' : ` with ${joined(Object.entries(of).map(([key, value]) => `${key} ${value}`))}`;
}

export function referenceText(reference: unknown): string {
  const { kind, namespace, name } = fieldsOf(reference);
  if (kind === undefined && name === undefined) return 'nothing';
  return `${word(kind, '')} ${namespace === undefined ? '' : `${word(namespace)}/`}${word(name, '')}`.trim();
}

/** What stands where a text is expected, in an answer that anybody may have written. */
export function word(value: unknown, absent = 'absent'): string {
  if (value === undefined || value === null) return absent;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function pairs(values: Record<string, number>): string {
  return Object.entries(values).map(([name, value]) => `${name} ${value}`).join(', ');
}
