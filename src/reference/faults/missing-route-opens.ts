import type { Fault } from './fault.ts';

export const missingRouteOpens: Fault = {
  name: 'missing-route-opens',
  row: '22',
  title: 'A rule whose route object is missing opens everything',
  seam: 'authorise',
  kills: ['traffic-access/dangling-route-denied'],
  mayAffect: ['traffic-specs/route-delete-revokes', 'traffic-specs/schema-method-enum'],
  apply: (decisions) => ({ ...decisions, layers: (rules) => (rules.some(({ route }) => route === undefined) ? { tcp: 'all' } : decisions.layers(rules)) }),
};
