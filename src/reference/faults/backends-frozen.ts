import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import type { Fault } from './fault.ts';

export const backendsFrozen: Fault = {
  name: 'backends-frozen',
  row: '+',
  title: 'Pods that are gone are still called, until a split of their namespace is written or deleted',
  seam: 'view',
  kills: ['traffic-split/backend-rollout'],
  mayAffect: ['traffic-split/replicas-do-not-skew', 'traffic-access/late-pod'],
  apply: (decisions) => ({ ...decisions, view: (store) => haunted(decisions.view(store)) }),
};

/** A view of a store in which Pods that were ready outlive themselves. */
function haunted(store: StoreView): StoreView {
  const ready = new Map<string, KubeObject>();
  const gone = new Map<string, KubeObject>();
  return {
    ...store,
    list: (kind, namespace) => [...store.list(kind, namespace), ...(kind === 'Pod' ? [...gone.values()].filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace) : [])],
    onChange: (listener) => store.onChange((change) => {
      const { kind, metadata: { name, namespace = '' } } = change.object;
      if (kind === 'Pod') follow(change, ready, gone);
      if (kind === 'TrafficSplit' || (kind === 'Namespace' && change.type === 'removed')) {
        const ended = kind === 'Namespace' ? name : namespace;
        for (const [key, pod] of gone) if (pod.metadata.namespace === ended) gone.delete(key);
      }
      listener(change);
    }),
  };
}

function follow({ type, object }: { type: string; object: KubeObject }, ready: Map<string, KubeObject>, gone: Map<string, KubeObject>): void {
  const key = `${object.metadata.namespace}/${object.metadata.name}`;
  const { conditions = [] } = (object['status'] ?? {}) as { conditions?: { type: string; status: string }[] };
  const last = ready.get(key);
  if (type === 'removed' && last !== undefined) gone.set(key, last);
  if (type === 'removed') ready.delete(key);
  else if (object.metadata.deletionTimestamp === undefined && conditions.some((one) => one.type === 'Ready' && one.status === 'True')) ready.set(key, object);
}
