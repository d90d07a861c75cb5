import type { StoreView } from '../contract.ts';
import type { Fault } from './fault.ts';
import { backendsOf } from './rewrite.ts';

export const lateBackendsUnseen: Fault = {
  name: 'late-backends-unseen',
  row: '+',
  title: 'A Service that comes after a split that names it is not found',
  seam: 'view',
  kills: ['traffic-split/late-backend'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, view: (store) => blind(decisions.view(store)) }),
};

function blind(store: StoreView): StoreView {
  const unseen = new Set<string>();
  const keyOf = (namespace: string | undefined, name: string): string => `${namespace}/${name}`;
  return {
    list: (kind, namespace) => store.list(kind, namespace).filter(({ metadata }) => kind !== 'Service' || !unseen.has(keyOf(metadata.namespace, metadata.name))),
    get: (kind, namespace, name) => (kind === 'Service' && unseen.has(keyOf(namespace, name)) ? undefined : store.get(kind, namespace, name)),
    onChange: (listener) => store.onChange((change) => {
      const { kind, metadata: { namespace, name } } = change.object;
      if (kind === 'Service' && change.type === 'removed') unseen.delete(keyOf(namespace, name));
      if (kind === 'Service' && change.type === 'added' && store.list('TrafficSplit', namespace).some((split) => backendsOf(split).some(({ service }) => service === name))) unseen.add(keyOf(namespace, name));
      listener(change);
    }),
  };
}
