import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import type { Fault } from './fault.ts';
import { backendsOf, rewriting, withWeights } from './rewrite.ts';

export const podsWeigh: Fault = {
  name: 'pods-weigh',
  row: '+',
  title: 'Weights are multiplied by the number of pods of each backend',
  seam: 'view',
  kills: ['traffic-split/replicas-do-not-skew'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, view: (store) => weighing(decisions.view(store)) }),
};

function weighing(store: StoreView): StoreView {
  const podsOf = (namespace: string | undefined, service: unknown): number => {
    const { selector } = (store.get('Service', namespace, String(service))?.['spec'] ?? {}) as { selector?: Record<string, string> };
    const isBehind = ({ metadata: { labels } }: KubeObject): boolean => Object.entries(selector ?? {}).every(([key, value]) => labels?.[key] === value);
    return store.list('Pod', namespace).filter(isBehind).length;
  };
  return rewriting(store, 'TrafficSplit', (split) => withWeights(split, (weight, _all, index) => Number(weight) * podsOf(split.metadata.namespace, backendsOf(split)[index]?.service)));
}
