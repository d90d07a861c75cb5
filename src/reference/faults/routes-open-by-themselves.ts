import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import type { Fault } from './fault.ts';

export const routesOpenByThemselves: Fault = {
  name: 'routes-open-by-themselves',
  row: '+',
  title: 'In a namespace without TrafficTargets the routes that are there are open to everybody',
  seam: 'view',
  kills: ['traffic-specs/route-objects-inert', 'traffic-access/deletion-revokes'],
  mayAffect: ['traffic-access/default-serviceaccount', 'traffic-access/additive-overlap', 'traffic-access/reorder-creation'],
  apply: (decisions) => ({ ...decisions, view: (store) => opened(decisions.view(store)) }),
};

/** A view of a store in which a namespace with groups and without TrafficTargets has one for every account of it. */
function opened(store: StoreView): StoreView {
  const made = (only: string | undefined): KubeObject[] => [...Map.groupBy(store.list('HTTPRouteGroup', only), ({ metadata }) => metadata.namespace ?? '')].flatMap(([namespace, groups]) => {
    if (store.list('TrafficTarget', namespace).length > 0) return [];
    const accounts = [...new Set(store.list('Pod', namespace).map(({ spec }) => String((spec as { serviceAccountName?: string }).serviceAccountName)))].map((name) => ({ kind: 'ServiceAccount', name, namespace }));
    const rules = groups.map(({ kind, metadata }) => ({ kind, name: metadata.name }));
    return accounts.map((destination) => ({ apiVersion: 'access.smi-spec.io/v1alpha3', kind: 'TrafficTarget', metadata: { name: `opened-${destination.name}`, namespace }, spec: { destination, rules, sources: accounts } }));
  });
  return { ...store, list: (kind, namespace) => [...store.list(kind, namespace), ...(kind === 'TrafficTarget' ? made(namespace) : [])] };
}
