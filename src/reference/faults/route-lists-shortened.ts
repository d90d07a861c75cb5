import type { KubeObject } from '../../cluster/port.ts';
import type { Fault } from './fault.ts';

export const routeListsShortened: Fault = {
  name: 'route-lists-shortened',
  row: '+',
  title: 'Of the lists in a route object only the first entries are stored',
  seam: 'store',
  kills: ['traffic-specs/httproutegroup-roundtrip', 'traffic-specs/tcproute-roundtrip', 'traffic-specs/udproute-roundtrip'],
  mayAffect: ['traffic-access/*', 'traffic-specs/*', 'traffic-split/match-*'],
  apply: (decisions) => ({ ...decisions, store: { ...decisions.store, keep: (object) => shortened(decisions.store.keep(object)) } }),
};

function shortened(object: KubeObject): KubeObject {
  const { matches } = (object['spec'] ?? {}) as { matches?: unknown };
  if (object.kind === 'HTTPRouteGroup' && Array.isArray(matches)) return { ...object, spec: { matches: matches.slice(0, 1) } };
  const { ports } = (matches ?? {}) as { ports?: unknown };
  return Array.isArray(ports) ? { ...object, spec: { matches: { ports: ports.slice(0, 1) } } } : object;
}
