import type { Fault } from './fault.ts';

export const missingRouteOpens: Fault = {
  name: 'missing-route-opens',
  row: '22',
  title: 'A rule whose route object is missing opens everything',
  seam: 'authorise',
  kills: ['traffic-access/dangling-route-denied'],
  mayAffect: [
    'traffic-specs/route-delete-revokes', 'traffic-specs/duplicate-match-name', 'traffic-access/schema-rule-kind', 'traffic-access/reorder-creation',
    'traffic-specs/tcproute-ports-omitted',
  ],
  apply: (decisions) => ({ ...decisions, layers: (rules) => (rules.some(({ route }) => route === undefined) ? { tcp: 'all' } : decisions.layers(rules)) }),
};
