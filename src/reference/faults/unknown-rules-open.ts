import type { Fault } from './fault.ts';
import { lenient } from './lenient.ts';

export const unknownRulesOpen: Fault = {
  name: 'unknown-rules-open',
  row: '+',
  title: 'A rule of a kind that is none opens everything, and the definition takes any kind',
  seam: 'authorise',
  kills: ['traffic-access/schema-rule-kind'],
  mayAffect: ['traffic-access/schema-subject-fields'],
  apply: (decisions) => ({
    ...decisions,
    store: lenient(decisions.store, 'TrafficTarget'),
    layers: (rules) => (rules.some(({ rule }) => !/^(HTTPRouteGroup|TCPRoute|UDPRoute)$/.test(rule.kind)) ? { tcp: 'all' } : decisions.layers(rules)),
  }),
};
