import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';

/** A view of a store that does not learn of deletions of a kind. The end of a namespace takes all that was in it. */
export function retaining(store: StoreView, kind: string): StoreView {
  const retained = new Map<string, KubeObject>();
  const inNamespace = (namespace: string | undefined): KubeObject[] =>
    [...retained.values()].filter((object) => namespace === undefined || object.metadata.namespace === namespace);

  return {
    list: (asked, namespace) => (asked === kind ? [...store.list(asked, namespace), ...inNamespace(namespace)] : store.list(asked, namespace)),
    get: (asked, namespace, name) => store.get(asked, namespace, name) ?? (asked === kind ? retained.get(keyOf(namespace, name)) : undefined),
    onChange: (listener) => store.onChange((change) => {
      const { kind: changed, metadata } = change.object;
      if (changed === 'Namespace' && change.type === 'removed') {
        for (const object of inNamespace(metadata.name)) retained.delete(keyOf(metadata.name, object.metadata.name));
      }
      if (changed === kind && change.type === 'removed') retained.set(keyOf(metadata.namespace, metadata.name), change.object);
      if (changed === kind && change.type !== 'removed') retained.delete(keyOf(metadata.namespace, metadata.name));
      listener(change);
    }),
  };
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
