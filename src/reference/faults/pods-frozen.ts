import type { StoreView } from '../contract.ts';
import type { Fault } from './fault.ts';

export const podsFrozen: Fault = {
  name: 'pods-frozen',
  row: '5',
  title: 'Who calls is known by the pods that were there when the policy was made',
  seam: 'identity',
  kills: ['traffic-access/late-pod', 'traffic-access/reorder-creation'],
  mayAffect: ['traffic-split/{backend-rollout,late-backend,replicas-do-not-skew}'],
  apply: (decisions) => {
    const known = new Map<string, ReadonlySet<string>>();
    return {
      ...decisions,
      view: (store) => watching(decisions.view(store), known),
      identify: (pod, request) => (known.get(pod.namespace)?.has(pod.name) === false ? undefined : decisions.identify(pod, request)),
    };
  },
};

/** Remembers, for each namespace, its pods at the time of its last TrafficTarget. */
function watching(store: StoreView, known: Map<string, ReadonlySet<string>>): StoreView {
  return {
    ...store,
    onChange: (listener) => store.onChange((change) => {
      const { kind, metadata: { namespace = '' } } = change.object;
      if (kind === 'TrafficTarget' && change.type === 'removed') known.delete(namespace);
      else if (kind === 'TrafficTarget') known.set(namespace, new Set(store.list('Pod', namespace).map(({ metadata }) => metadata.name)));
      listener(change);
    }),
  };
}
