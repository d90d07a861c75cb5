import { randomUUID } from 'node:crypto';
import type { KubeObject, ListQuery, ObjectRef, ServedApi } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import { admit, correctStoreDecisions } from './admission.ts';
import type { StoreDecisions } from './admission.ts';
import { convert } from './conversion.ts';
import { createAddresses, initialStatus, withDefaults } from './defaults.ts';
import { definitionOf } from './definitions.ts';
import { failures } from './failures.ts';
import { discover, kindsOf } from './kinds.ts';
import type { ResourceKind } from './kinds.ts';
import { checkAccount, checkNamespace } from './preconditions.ts';
import { createRemoval } from './removal.ts';
import { same } from './same.ts';
import { createTable } from './table.ts';
import { newestVersions } from './smi.ts';
import type { ServedVersions } from './smi.ts';
import { without } from './without.ts';
import { findKind, received, succeed, writable } from './writing.ts';

export interface StoreOptions {
  clock: () => Date;
  /** SMI versions by group, in place of the latest release's. */
  served?: Partial<ServedVersions>;
  decisions?: StoreDecisions;
}

/**
 * The API server of the reference cluster, in process. Objects go in and come out as copies; every failure is an `ApiError`
 * with the status, reason and words of a real server. `list`, `get` and `onChange` are the view of the cluster's own parts:
 * frozen objects, as they were written.
 */
export interface Store extends StoreView {
  now(): Date;
  /** The SMI resource types, as discovery lists them. */
  served(): ServedApi[];
  /** The object in the version asked for, or undefined where there is none or the version is not served. */
  read(ref: ObjectRef): KubeObject | undefined;
  query(query: ListQuery): KubeObject[];
  create(object: KubeObject, options?: { dryRun?: boolean }): KubeObject;
  replace(object: KubeObject): KubeObject;
  /** Writes the status of an object, as its controller does; no effect on one that is gone or has it already. */
  setStatus(object: KubeObject, status: Record<string, unknown>): void;
  /** Deletes in the background; no effect on an object that is not there. */
  remove(ref: ObjectRef): void;
  /** The kubelet's word that a Pod which is being deleted has stopped: it goes. */
  stopped(pod: KubeObject): void;
}

export function createStore({ clock, served, decisions = correctStoreDecisions }: StoreOptions): Store {
  const kinds = kindsOf({ ...newestVersions, ...served });
  const table = createTable();
  const addresses = createAddresses();
  const time = (): string => clock().toISOString().replace(/\.\d+Z$/, 'Z');
  let revision = 0;
  const put = (object: KubeObject): KubeObject => {
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(++revision) } };
    table.put(stored);
    return stored;
  };
  const inVersion = (object: KubeObject, kind: ResourceKind, apiVersion: string): KubeObject => {
    const converted = convert(object, kind, apiVersion);
    return converted === object || kind.schemas === undefined ? converted : decisions.reads(converted, object);
  };
  const isSmi = (name: string): boolean => kinds.some((kind) => kind.kind === name && kind.schemas !== undefined);
  const removal = createRemoval(table, { time, put, mayGo: (object) => !isSmi(object.kind) || decisions.removes(object) });

  const store: Store = {
    list: (kind, namespace) => table.list(kind, namespace),
    get: (kind, namespace, name) => table.get(kind, namespace, name),
    onChange: (listener) => table.onChange(listener),
    now: clock,
    served: () => discover(kinds),
    read(ref) {
      const { kind, object } = find(ref);
      return kind && object && structuredClone(inVersion(object, kind, ref.apiVersion));
    },
    query(query) {
      const kind = findKind(kinds, query);
      if (kind === undefined) throw failures.unknownResource();
      const labels = Object.entries(query.labels ?? {});
      return table
        .list(query.kind, query.namespace)
        .filter((object) => labels.every(([key, value]) => object.metadata.labels?.[key] === value))
        .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
        .map((object) => structuredClone(inVersion(object, kind, query.apiVersion)));
    },
    create(sent, { dryRun = false } = {}) {
      const kind = writable(kinds, sent);
      const object = received(sent, kind);
      const { name, namespace } = object.metadata;
      if (object.metadata.resourceVersion) throw failures.unexpected('resourceVersion should not be set on objects to be created');
      checkNamespace(table, object, kind);
      const admitted = admit(object, kind, decisions);
      checkAccount(table, admitted, kind);
      const taken = table.get(kind.kind, namespace, name);
      if (taken !== undefined) throw taken.metadata.deletionTimestamp === undefined ? failures.alreadyExists(kind, name) : failures.stillGoing(kind, name);
      const created = asNew(withDefaults(admitted, addresses), kind, time());
      if (dryRun) return structuredClone(created);
      const stored = put(created);
      if (kind.kind === 'Namespace') store.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
      return structuredClone(stored);
    },
    replace(sent) {
      const kind = writable(kinds, sent);
      const object = received(sent, kind);
      const { name, namespace, uid, resourceVersion } = object.metadata;
      const previous = table.get(kind.kind, namespace, name);
      if (previous === undefined) throw failures.notFound(kind, name);
      if (uid && uid !== previous.metadata.uid) throw failures.otherObject(kind, name, uid, previous.metadata.uid ?? '');
      if (resourceVersion && resourceVersion !== previous.metadata.resourceVersion) throw failures.conflict(kind, name);
      const next = succeed(withDefaults(admit(object, kind, decisions, previous), addresses, previous), previous, kind);
      const stored = same(next, previous) ? previous : put(next);
      removal.proceed(stored);
      return structuredClone(stored);
    },
    setStatus({ kind, metadata }, status) {
      const object = table.get(kind, metadata.namespace, metadata.name);
      if (object === undefined || object.metadata.uid !== metadata.uid || same(object['status'], status)) return;
      put({ ...object, status: structuredClone(status) });
    },
    remove(ref) {
      const { kind, object } = find(ref);
      if (kind === undefined || object === undefined) return;
      if (kind.readOnly) throw failures.readOnly();
      if (kind.kind === 'Namespace' && lasting.includes(ref.name)) throw failures.forbidden(kind, ref.name, 'this namespace may not be deleted');
      removal.begin(object);
    },
    stopped: (pod) => removal.proceed(pod, true),
  };

  function find(ref: ObjectRef): { kind?: ResourceKind; object?: KubeObject | undefined } {
    const kind = findKind(kinds, ref);
    return kind === undefined ? {} : { kind, object: table.get(ref.kind, kind.namespaced ? ref.namespace : undefined, ref.name) };
  }

  for (const name of lasting) store.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  for (const kind of kinds.filter((one) => one.schemas !== undefined)) put(definitionOf(kind, time(), decisions.established(kind.kind)));
  return store;
}

/** Namespaces that every cluster has, and keeps. */
const lasting = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

function asNew(object: KubeObject, kind: ResourceKind, time: string): KubeObject {
  return {
    ...object,
    ...(kind.hasStatus && { status: initialStatus(kind.kind) }),
    metadata: { ...without(object.metadata, 'deletionTimestamp', 'resourceVersion'), name: object.metadata.name, uid: randomUUID(), generation: 1, creationTimestamp: time },
  };
}

function placeOf({ metadata: { namespace = '', name } }: KubeObject): string {
  return `${namespace}/${name}`;
}
