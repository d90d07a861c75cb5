import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';

/**
 * A view of a store in which deleted objects of a kind stay, until one is written in their namespace: as where a mesh hears of deletions,
 * does not act on them, and finds everything anew at the next write. The end of the namespace takes them too.
 */
export function retaining(store: StoreView, kind: string): StoreView {
  const retained = new Map<string, KubeObject[]>();
  const inNamespace = (namespace: string | undefined): KubeObject[] => (namespace === undefined ? [...retained.values()].flat() : (retained.get(namespace) ?? []));

  return {
    list: (asked, namespace) => (asked === kind ? [...store.list(asked, namespace), ...inNamespace(namespace)] : store.list(asked, namespace)),
    get: (asked, namespace, name) => store.get(asked, namespace, name) ?? (asked === kind ? inNamespace(namespace).find(({ metadata }) => metadata.name === name) : undefined),
    onChange: (listener) => store.onChange((change) => {
      const { kind: changed, metadata: { name, namespace = '' } } = change.object;
      if (changed === 'Namespace' && change.type === 'removed') retained.delete(name);
      if (changed === kind && change.type === 'removed') retained.set(namespace, [...inNamespace(namespace), change.object]);
      if (changed === kind && change.type !== 'removed') retained.delete(namespace);
      listener(change);
    }),
  };
}
