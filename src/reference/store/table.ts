import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';

export type Change = { type: 'added' | 'changed' | 'removed'; object: KubeObject };

/** The stored objects, frozen, and the feed of their changes. It knows no rules: those are the store's. */
export interface ObjectTable extends StoreView {
  /** Stores an object in place of the one of the same kind, namespace and name. */
  put(object: KubeObject): void;
  /** Removes an object. */
  drop(object: KubeObject): void;
  all(): KubeObject[];
}

export function createTable(): ObjectTable {
  const byKind = new Map<string, Map<string, KubeObject>>();
  const feed = createFeed();
  const kindTable = (kind: string): Map<string, KubeObject> => {
    const known = byKind.get(kind);
    if (known !== undefined) return known;
    const table = new Map<string, KubeObject>();
    byKind.set(kind, table);
    return table;
  };
  return {
    put(object) {
      const table = kindTable(object.kind);
      const key = keyOf(object.metadata.namespace, object.metadata.name);
      const type = table.has(key) ? 'changed' : 'added';
      table.set(key, freeze(object));
      feed.tell({ type, object });
    },
    drop(object) {
      if (kindTable(object.kind).delete(keyOf(object.metadata.namespace, object.metadata.name))) feed.tell({ type: 'removed', object });
    },
    get: (kind, namespace, name) => byKind.get(kind)?.get(keyOf(namespace, name)),
    list(kind, namespace) {
      const objects = [...(byKind.get(kind)?.values() ?? [])];
      return namespace === undefined ? objects : objects.filter((object) => object.metadata.namespace === namespace);
    },
    all: () => [...byKind.values()].flatMap((table) => [...table.values()]),
    onChange: (listener) => feed.listen(listener),
  };
}

interface Feed {
  tell(change: Change): void;
  listen(listener: (change: Change) => void): () => void;
}

/** Every listener sees every change in the order in which they were made, also those that a listener makes itself. */
function createFeed(): Feed {
  const listeners = new Set<(change: Change) => void>();
  const waiting: Change[] = [];
  let telling = false;
  const tellAll = (): void => {
    for (let change = waiting.shift(); change !== undefined; change = waiting.shift()) {
      for (const listener of listeners) listener(change);
    }
  };
  return {
    tell(change) {
      waiting.push(change);
      if (telling) return;
      telling = true;
      try {
        tellAll();
      } finally {
        telling = false;
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const field of Object.values(value)) freeze(field);
  return Object.freeze(value);
}
