import type { KubeObject } from '../../cluster/port.ts';
import { failures } from './failures.ts';
import type { ResourceKind } from './kinds.ts';
import { same } from './same.ts';
import { randomSuffix } from './suffix.ts';
import { without } from './without.ts';

/** The kind of an object that a client wants to write. Throws 404 where it is not served, 405 where it can only be read. */
export function writable(kinds: readonly ResourceKind[], object: KubeObject): ResourceKind {
  const kind = findKind(kinds, object);
  if (kind === undefined) throw failures.unknownResource();
  if (kind.readOnly) throw failures.readOnly();
  return kind;
}

/** The kind that the cluster serves under this version; undefined where it serves none. */
export function findKind(kinds: readonly ResourceKind[], { apiVersion, kind }: { apiVersion: string; kind: string }): ResourceKind | undefined {
  return kinds.find((one) => one.kind === kind && one.versions.some((version) => apiVersion === (one.group === '' ? version : `${one.group}/${version}`)));
}

/** A copy of what a client sent, with a name where it asks for one to be made. Throws 400 where its metadata cannot be read. */
export function received(sent: KubeObject, kind: ResourceKind): KubeObject {
  const object = structuredClone(sent);
  const wrong = misread(object.metadata);
  if (wrong !== undefined) throw failures.badRequest(`${kind.kind} in version "${object.apiVersion}" cannot be handled as a ${kind.kind}: json: cannot unmarshal ${wrong}`);
  if (kind.namespaced && !object.metadata.namespace) throw failures.badRequest('an empty namespace may not be set during creation');
  const { generateName } = object.metadata;
  if (object.metadata.name || typeof generateName !== 'string') return object;
  // A name of 63 characters still fits into a label.
  return { ...object, metadata: { ...object.metadata, name: `${generateName.slice(0, 58)}${randomSuffix()}` } };
}

/** An object in place of the one before it: what only the server sets stays, and its generation counts the changes of what is asked for. */
export function succeed(next: KubeObject, previous: KubeObject, kind: ResourceKind): KubeObject {
  const { uid, creationTimestamp, deletionTimestamp, generation, resourceVersion } = previous.metadata;
  const changed = !same(askedFor(next, kind), askedFor(previous, kind));
  return {
    ...next,
    ...(kind.hasStatus && { status: previous['status'] }),
    metadata: {
      ...without(next.metadata, 'deletionTimestamp'),
      name: next.metadata.name,
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
      creationTimestamp,
      generation: Number(generation) + Number(changed),
    },
  };
}

/** Everything but metadata and what a controller writes. */
function askedFor({ metadata: _metadata, status, ...fields }: KubeObject, kind: ResourceKind): unknown {
  return kind.hasStatus ? fields : { ...fields, status };
}

/** What of metadata is of a type that it cannot be of, in a JSON decoder's words. */
function misread(metadata: unknown): string | undefined {
  if (!isRecord(metadata)) return `${jsonType(metadata)} into Go struct field .metadata of type v1.ObjectMeta`;
  for (const [field, form] of Object.entries(forms)) {
    const value = metadata[field];
    if (value === undefined) continue;
    const wrong = misfit(value, form);
    if (wrong !== undefined) return `${jsonType(wrong.value)} into Go struct field ObjectMeta.metadata.${field} of type ${wrong.type}`;
  }
  return undefined;
}

const forms = {
  name: 'string', generateName: 'string', namespace: 'string', resourceVersion: 'string', uid: 'string',
  labels: 'map[string]string', annotations: 'map[string]string', finalizers: '[]string',
} as const;

/** The value, or the part of it, that is not of the form, and what it should be. */
function misfit(value: unknown, form: (typeof forms)[keyof typeof forms]): { value: unknown; type: string } | undefined {
  if (form === 'string') return typeof value === 'string' ? undefined : { value, type: form };
  if (form === '[]string' ? !Array.isArray(value) : !isRecord(value)) return { value, type: form };
  const items: unknown[] = Object.values(value as object);
  const index = items.findIndex((item) => typeof item !== 'string');
  return index < 0 ? undefined : { value: items[index], type: 'string' };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : value === null || value === undefined ? 'null' : typeof value;
}
