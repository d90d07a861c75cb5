import type { KubeObject } from '../../cluster/port.ts';
import type { Fault } from './fault.ts';

export const headersPruned: Fault = {
  name: 'headers-pruned',
  row: '+',
  title: 'The header filters of a match are dropped when it is stored',
  seam: 'store',
  kills: ['traffic-specs/headers-expressible'],
  mayAffect: ['traffic-specs/header-*', 'traffic-split/match-*'],
  apply: (decisions) => ({ ...decisions, store: { ...decisions.store, keep: (object) => withoutHeaders(decisions.store.keep(object)) } }),
};

function withoutHeaders(object: KubeObject): KubeObject {
  const { matches } = (object['spec'] ?? {}) as { matches?: Record<string, unknown>[] };
  if (object.kind !== 'HTTPRouteGroup' || !Array.isArray(matches)) return object;
  return { ...object, spec: { matches: matches.map((match) => Object.fromEntries(Object.entries(match).filter(([name]) => name !== 'headers'))) } };
}
