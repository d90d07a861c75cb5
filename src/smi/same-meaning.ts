import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../cluster/port.ts';
import { isFields, itemsOf } from './form.ts';
import { sameQuantity, wholeNumbers } from './quantity.ts';

export type Comparison = { same: true } | { same: false; difference: string };

/**
 * Compares what is stored with what was written, over the fields that were written: what a server adds (metadata, status, defaults)
 * is no difference, a field that it dropped, changed or shortened is. `difference` names the first one by its JSON pointer, with both values.
 */
export function sameMeaning(written: KubeObject, stored: KubeObject): Comparison {
  const difference = firstDifference(written, stored, '', weightsOf(written));
  return difference === undefined ? { same: true } : { same: false, difference };
}

/**
 * The same for an object that is read in another version than it was written in: of weights only the ratio can be compared, since one version
 * has quantities and the other whole numbers.
 */
export function sameMeaningElsewhere(wanted: KubeObject, read: KubeObject): Comparison {
  const [here, there] = [reduced(wanted), reduced(read)];
  const difference = firstDifference(here, there, '', undefined);
  return difference === undefined ? { same: true } : { same: false, difference: weightsIn(wanted).length === 0 ? difference : `${difference} (weights as a ratio)` };
}

function weightsIn(object: KubeObject): unknown[] {
  const spec = isFields(object['spec']) ? object['spec'] : {};
  return object.kind === 'TrafficSplit' ? itemsOf(spec['backends']).map(({ weight }) => weight) : [];
}

/** A TrafficSplit with its weights as the smallest whole numbers; any other object as it is. */
function reduced(object: KubeObject): KubeObject {
  const weights = wholeNumbers(weightsIn(object));
  if (weights === undefined || weights.length === 0) return object;
  const spec = object['spec'] as Record<string, unknown>;
  return { ...object, spec: { ...spec, backends: itemsOf(spec['backends']).map((backend, index) => ({ ...backend, weight: weights[index] })) } };
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
