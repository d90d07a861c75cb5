import type { KubeObject } from '../../cluster/port.ts';
import type { Fault } from './fault.ts';
import { rewriting } from './rewrite.ts';

export const headerAloneTakesNothing: Fault = {
  name: 'header-alone-takes-nothing',
  row: '+',
  title: 'A match without a path takes no request',
  seam: 'view',
  kills: ['traffic-specs/header-only-any-path-method'],
  mayAffect: ['traffic-specs/header-*', 'traffic-split/match-*'],
  apply: (decisions) => ({ ...decisions, view: (store) => rewriting(decisions.view(store), 'HTTPRouteGroup', withPathsOnly) }),
};

function withPathsOnly(group: KubeObject): KubeObject {
  const { matches = [] } = (group['spec'] ?? {}) as { matches?: { pathRegex?: unknown }[] };
  return { ...group, spec: { matches: matches.filter(({ pathRegex }) => pathRegex !== undefined) } };
}
