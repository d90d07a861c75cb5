import type { Fault } from './fault.ts';
import { lenient } from './lenient.ts';

export const namelessMatchesOpen: Fault = {
  name: 'nameless-matches-open',
  row: '+',
  title: 'A match without a name belongs to every rule, and the definition lets the name be absent',
  seam: 'route match',
  kills: ['traffic-specs/schema-match-name'],
  mayAffect: ['traffic-specs/schema-method-enum'],
  apply: (decisions) => ({
    ...decisions,
    store: lenient(decisions.store, 'HTTPRouteGroup'),
    matchesOf: (rule, matches) => [...decisions.matchesOf(rule, matches), ...matches.filter(({ name }) => name === '')],
  }),
};
