import type { KubeObject } from '../../cluster/port.ts';
import { asCreated } from './as-created.ts';
import type { Fault } from './fault.ts';

export const firstMatchesStay: Fault = {
  name: 'first-matches-stay',
  row: '+',
  title: 'A split keeps the matches that it was created with',
  seam: 'view',
  kills: ['traffic-split/match-removal'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, view: (store) => asCreated(decisions.view(store), 'TrafficSplit', withMatches) }),
};

function withMatches(first: KubeObject, now: KubeObject): KubeObject {
  const { matches } = (first['spec'] ?? {}) as { matches?: unknown };
  return matches === undefined ? now : { ...now, spec: { ...(now['spec'] as object), matches } };
}
