import type { KubeObject } from '../../cluster/port.ts';
import type { Fault } from './fault.ts';
import { rewriting } from './rewrite.ts';

export const headerNamesByCase: Fault = {
  name: 'header-names-by-case',
  row: '+',
  title: 'A filter whose header name is not in lower case finds no header',
  seam: 'view',
  kills: ['traffic-specs/header-name-case'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, view: (store) => rewriting(decisions.view(store), 'HTTPRouteGroup', withLowerCaseOnly) }),
};

function withLowerCaseOnly(group: KubeObject): KubeObject {
  const { matches = [] } = (group['spec'] ?? {}) as { matches?: { headers?: unknown }[] };
  const text = JSON.stringify(matches.map(({ headers }) => headers));
  // Names are compared with those of the request, which are in lower case.
  return /"[^"]*[A-Z][^"]*":/.test(text) ? { ...group, spec: { matches: [] } } : group;
}
