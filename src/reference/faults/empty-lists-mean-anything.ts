import type { Fault } from './fault.ts';
import { lenient } from './lenient.ts';

export const emptyListsMeanAnything: Fault = {
  name: 'empty-lists-mean-anything',
  row: '+',
  title: 'A TrafficTarget without rules opens everything, and the definition lets the rules be absent',
  seam: 'authorise',
  kills: ['traffic-access/empty-lists-inert', 'traffic-access/schema-requires-parts'],
  mayAffect: ['traffic-access/schema-subject-fields'],
  apply: (decisions) => ({
    ...decisions,
    store: lenient(decisions.store, 'TrafficTarget'),
    layers: (rules) => (rules.length === 0 ? { tcp: 'all' } : decisions.layers(rules)),
  }),
};
