import type { KubeObject } from '../../cluster/port.ts';
import { problemsOfBuiltIn, problemsOfChange } from './built-in.ts';
import { failures } from './failures.ts';
import type { ResourceKind } from './kinds.ts';
import { problemsOfMetadata } from './names.ts';
import { prune, validate } from './schema.ts';
import type { Schema } from './schema.ts';
import { without } from './without.ts';

/** What the API server does with SMI objects beyond validating them. A wrong behaviour of a store replaces one of these. */
export interface StoreDecisions {
  /** What an SMI object is refused for, of all that is wrong with it by its schema; nothing where it is taken. */
  refuses(object: KubeObject, problems: readonly string[]): readonly string[];
  /** The object as it is stored, of one that was validated and pruned by its schema. */
  keep(object: KubeObject): KubeObject;
  /** An SMI object as it reads in another version than it was written in, of what the conversion made of it. */
  reads(converted: KubeObject, stored: KubeObject): KubeObject;
  /** Whether the definition of an SMI kind says that it is established; its objects are served in either case. */
  established(kind: string): boolean;
  /**
   * Whether an SMI object that was deleted goes; otherwise it stays, marked for deletion, as with a finalizer that nobody removes.
   * The deletion of its namespace takes it all the same.
   */
  removes(object: KubeObject): boolean;
}

export const correctStoreDecisions: StoreDecisions = {
  refuses: (_object, problems) => problems,
  keep: (object) => object,
  reads: (converted) => converted,
  established: () => true,
  removes: () => true,
};

/**
 * What would be stored of an object that a client sent, in the version that it was written in; `previous` is what it replaces.
 * @throws ApiError 422 with every problem of it.
 */
export function admit(object: KubeObject, kind: ResourceKind, decisions: StoreDecisions, previous?: KubeObject): KubeObject {
  const schema = kind.schemas?.[versionOf(object.apiVersion)];
  const pruned = schema === undefined ? object : pruneFields(object, schema);
  const problems = [
    ...problemsOfMetadata(pruned.metadata, kind.names, kind.namespaced),
    ...(previous === undefined ? [] : problemsOfFinalizers(pruned, previous)),
    ...(schema === undefined ? problemsOfBuiltIn(pruned) : decisions.refuses(pruned, validate(fieldsOf(pruned), schema))),
    ...(previous === undefined ? [] : problemsOfChange(pruned, previous)),
  ];
  if (problems.length > 0) throw failures.invalid(kind, object.metadata.name, problems);
  return schema === undefined ? pruned : decisions.keep(pruned);
}

/** An object without what the schema of its version does not name; type and metadata stay. */
export function pruneFields(object: KubeObject, schema: Schema): KubeObject {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, metadata, ...(prune(fieldsOf(object), schema) as Record<string, unknown>) };
}

/** `v1` of `apps/v1`. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

function fieldsOf(object: KubeObject): Record<string, unknown> {
  return without(object, 'apiVersion', 'kind', 'metadata');
}

function problemsOfFinalizers(next: KubeObject, { metadata: { deletionTimestamp, finalizers: before = [] } }: KubeObject): string[] {
  const added = (next.metadata.finalizers ?? []).filter((finalizer) => !before.includes(finalizer));
  if (deletionTimestamp === undefined || added.length === 0) return [];
  return [`metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((one) => JSON.stringify(one)).join(', ')}}`];
}
