import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../cluster/port.ts';
import { isFields } from './form.ts';
import { sameQuantity } from './quantity.ts';

export type Comparison = { same: true } | { same: false; difference: string };

/**
 * Compares what is stored with what was written, over the fields that were written: what a server adds (metadata, status, defaults)
 * is no difference, a field that it dropped, changed or shortened is. `difference` names the first one by its JSON pointer, with both values.
 */
export function sameMeaning(written: KubeObject, stored: KubeObject): Comparison {
  const difference = firstDifference(written, stored, '', weightsOf(written));
  return difference === undefined ? { same: true } : { same: false, difference };
}

/** The pointers at which numbers are quantities: the weights of a TrafficSplit v1alpha1. */
function weightsOf({ apiVersion, kind }: KubeObject): RegExp | undefined {
  return kind === 'TrafficSplit' && apiVersion.endsWith('/v1alpha1') ? /^\/spec\/backends\/\d+\/weight$/ : undefined;
}

function firstDifference(written: unknown, stored: unknown, pointer: string, quantities: RegExp | undefined): string | undefined {
  if (isFields(written) && isFields(stored)) {
    return first(Object.keys(written), (key) => firstDifference(written[key], stored[key], `${pointer}/${escaped(key)}`, quantities));
  }
  if (Array.isArray(written) && Array.isArray(stored) && written.length === stored.length) {
    return first([...written.keys()], (index) => firstDifference(written[index], stored[index], `${pointer}/${index}`, quantities));
  }
  if (isDeepStrictEqual(written, stored)) return undefined;
  if (quantities?.test(pointer) === true && sameQuantity(written, stored)) return undefined;
  return `${pointer}: written ${shown(written)}, stored ${shown(stored)}`;
}

function first<T>(items: T[], look: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
