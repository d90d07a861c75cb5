import type { Fault } from './fault.ts';

export const routeDefinitionsMissing: Fault = {
  name: 'route-definitions-missing',
  row: '+',
  title: 'The definitions of traffic-specs are never established',
  seam: 'store',
  kills: ['traffic-specs/crd-httproutegroup', 'traffic-specs/crd-tcproute', 'traffic-specs/crd-udproute'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, store: { ...decisions.store, established: (kind) => !kind.endsWith('Route') && kind !== 'HTTPRouteGroup' && decisions.store.established(kind) } }),
};
