import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import type { Fault } from './fault.ts';

export const firstWeightsStay: Fault = {
  name: 'first-weights-stay',
  row: '45',
  title: 'An update of a TrafficSplit leaves the weights that it was created with in force',
  seam: 'view',
  kills: ['traffic-split/all-to-second', 'traffic-split/weighted-25-75', 'traffic-split/update-backend-set'],
  mayAffect: [
    'traffic-split/weighted-75-25', 'traffic-split/weighted-90-10', 'traffic-split/weighted-three-way', 'traffic-split/weights-under-100',
    'traffic-split/zero-among-several', 'traffic-split/port-mapping', 'traffic-split/weighted-50-50', 'traffic-split/weights-over-100',
    'traffic-split/port-mismatch-excluded',
  ],
  apply: (decisions) => ({ ...decisions, view: (store) => asCreated(decisions.view(store)) }),
};

/** A view of a store in which TrafficSplits are as they were when they were created. */
function asCreated(store: StoreView): StoreView {
  const first = new Map<string, KubeObject>();
  const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}`;
  const seen = (object: KubeObject): KubeObject => (object.kind === 'TrafficSplit' ? (first.get(keyOf(object)) ?? object) : object);
  return {
    list: (kind, namespace) => store.list(kind, namespace).map(seen),
    get(kind, namespace, name) {
      const object = store.get(kind, namespace, name);
      return object && seen(object);
    },
    onChange: (listener) => store.onChange((change) => {
      if (change.object.kind === 'TrafficSplit') {
        if (change.type === 'added') first.set(keyOf(change.object), change.object);
        if (change.type === 'removed') first.delete(keyOf(change.object));
      }
      listener(change);
    }),
  };
}
