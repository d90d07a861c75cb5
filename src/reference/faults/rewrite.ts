import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';

/** A backend of a TrafficSplit, as it is stored. */
export interface StoredBackend {
  service?: unknown;
  weight?: unknown;
}

/** A view of a store in which objects of a kind are others than those that are stored; one that becomes undefined is not there. */
export function rewriting(store: StoreView, kind: string, rewrite: (object: KubeObject) => KubeObject | undefined): StoreView {
  const seen = (object: KubeObject): KubeObject | undefined => (object.kind === kind ? rewrite(object) : object);
  return {
    list: (asked, namespace) => store.list(asked, namespace).flatMap((object) => seen(object) ?? []),
    get(asked, namespace, name) {
      const object = store.get(asked, namespace, name);
      return object && seen(object);
    },
    onChange: (listener) => store.onChange(listener),
  };
}

/** The backends of a TrafficSplit; none of any other object. */
export function backendsOf(object: KubeObject): StoredBackend[] {
  const { backends } = (object['spec'] ?? {}) as { backends?: unknown };
  return object.kind === 'TrafficSplit' && Array.isArray(backends) ? (backends as StoredBackend[]) : [];
}

/** A TrafficSplit with other weights. */
export function withWeights(object: KubeObject, weigh: (weight: unknown, all: readonly unknown[], index: number) => unknown): KubeObject {
  const backends = backendsOf(object);
  const all = backends.map(({ weight }) => weight);
  return { ...object, spec: { ...(object['spec'] as object), backends: backends.map((backend, index) => ({ ...backend, weight: weigh(backend.weight, all, index) })) } };
}
