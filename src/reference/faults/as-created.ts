import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';

/** A view of a store in which objects of a kind keep what they had when they were created: `keep` makes one of the first and the present form. */
export function asCreated(store: StoreView, kind: string, keep: (first: KubeObject, now: KubeObject) => KubeObject): StoreView {
  const firsts = new Map<string, KubeObject>();
  const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}`;
  const seen = (object: KubeObject): KubeObject => {
    const first = object.kind === kind ? firsts.get(keyOf(object)) : undefined;
    return first === undefined ? object : keep(first, object);
  };
  return {
    list: (asked, namespace) => store.list(asked, namespace).map(seen),
    get(asked, namespace, name) {
      const object = store.get(asked, namespace, name);
      return object && seen(object);
    },
    onChange: (listener) => store.onChange((change) => {
      if (change.object.kind === kind) {
        if (change.type === 'added') firsts.set(keyOf(change.object), change.object);
        if (change.type === 'removed') firsts.delete(keyOf(change.object));
      }
      listener(change);
    }),
  };
}
