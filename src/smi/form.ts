import type { KubeObject } from '../cluster/port.ts';
import type { Resource } from '../model/assertion.ts';
import type { Version } from '../model/specification.ts';

/** A resource whose namespace is the cluster's own name for it. */
export type PlacedResource = Resource & { namespace: string };

/** The object of a version, or why the version cannot say what the resource says. */
export type Rendering = { object: KubeObject } | { cannot: string };

/** Ways in which servers of one and the same API version differ; found by asking the server (`findDialect`). */
export interface Dialect {
  /** Header filters of a match: one map of name to expression, as the text has it, or a list of maps, as the reference definitions have it. Each schema refuses the other. */
  headers: 'map' | 'list';
  /** Weights of TrafficSplit v1alpha1, which are Kubernetes quantities: plain numbers, or strings only. */
  weights: 'number' | 'string';
  /** Whether TrafficTarget v1alpha1 can be written without `destination.port`, as the text says. */
  destinationPort: 'optional' | 'required';
}

/** What the text of the specifications says, where servers differ. */
export const textDialect: Dialect = { headers: 'map', weights: 'number', destinationPort: 'optional' };

/** The part of an object that a kind's renderer makes: everything but `apiVersion`, `kind` and `metadata`. */
export type Body = { body: Record<string, unknown> } | { cannot: string };

/**
 * Renders one kind. Renderers translate and do not validate: a malformed field goes through as it is written, because assertions send such
 * objects on purpose. Three states of a field are told apart: written, absent (the neutral form is filled in, where there is one), and
 * `null` (left out, even where a neutral form exists).
 */
export type Renderer = (resource: PlacedResource, version: Version, dialect: Dialect) => Body;

type Fields = Record<string, unknown>;

/** Whether a value is an object with fields, which malformed input may lack anywhere. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `fields` without those that are `null`. */
export function withoutNulls(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** The fields, those that are absent filled from `neutral`, those that are `null` left out. */
export function filled(fields: Fields, neutral: Fields): Fields {
  return withoutNulls({ ...neutral, ...fields });
}

/** Changes each item that has fields; anything else, also a value that is no list, stays as it is. */
export function eachOf(value: unknown, change: (item: Fields) => unknown): unknown {
  return Array.isArray(value) ? value.map((item: unknown) => (isFields(item) ? change(item) : item)) : value;
}

/** The items of a list that have fields; none where the value is no list. */
export function itemsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** Whether a version comes before another. */
export function isBefore(version: Version, other: Version): boolean {
  return version < other;
}
