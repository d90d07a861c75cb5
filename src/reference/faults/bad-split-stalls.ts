import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import type { Fault } from './fault.ts';
import { backendsOf } from './rewrite.ts';

export const badSplitStalls: Fault = {
  name: 'bad-split-stalls',
  row: '+',
  title: 'While a split without backends is there, no change of any split takes effect',
  seam: 'view',
  kills: ['traffic-split/bad-object-contained'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, view: (store) => stalling(decisions.view(store)) }),
};

function stalling(store: StoreView): StoreView {
  let last: readonly KubeObject[] = [];
  const splits = (): readonly KubeObject[] => {
    const now = store.list('TrafficSplit');
    if (now.every((split) => backendsOf(split).length > 0)) last = now;
    return last;
  };
  // Each change is read when it comes: what was there last is known even where nobody asked.
  store.onChange(splits);
  return { ...store, list: (kind, namespace) => (kind === 'TrafficSplit' ? splits().filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace) : store.list(kind, namespace)) };
}
