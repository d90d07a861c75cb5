import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import type { Fault } from './fault.ts';

export const splitOpensBackends: Fault = {
  name: 'split-opens-backends',
  row: '+',
  title: 'Everybody in the namespace of a split may call its backends',
  seam: 'view',
  kills: ['traffic-split/access-split-allowed', 'traffic-split/access-split-does-not-grant', 'traffic-split/access-split-per-backend'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, view: (store) => opened(decisions.view(store)) }),
};

const everything = 'opened-by-split';

/** A view of a store in which each namespace with a split has a TrafficTarget for every account of it, as destination and as source. */
function opened(store: StoreView): StoreView {
  const namespaces = (only: string | undefined): string[] => [...new Set(store.list('TrafficSplit', only).map(({ metadata }) => metadata.namespace ?? ''))];
  const made = (kind: string, only: string | undefined): KubeObject[] => namespaces(only).flatMap((namespace): KubeObject[] => {
    if (kind === 'TCPRoute') return [{ apiVersion: 'specs.smi-spec.io/v1alpha4', kind, metadata: { name: everything, namespace }, spec: { matches: { ports: [] } } }];
    if (kind !== 'TrafficTarget') return [];
    const accounts = [...new Set(store.list('Pod', namespace).map(({ spec }) => String((spec as { serviceAccountName?: string }).serviceAccountName)))].map((name) => ({ kind: 'ServiceAccount', name, namespace }));
    const rules = [{ kind: 'TCPRoute', name: everything }];
    return accounts.map((destination) => ({ apiVersion: 'access.smi-spec.io/v1alpha3', kind, metadata: { name: `${everything}-${destination.name}`, namespace }, spec: { destination, rules, sources: accounts } }));
  });
  return { ...store, list: (kind, namespace) => [...store.list(kind, namespace), ...made(kind, namespace)] };
}
