import type { Fault } from './fault.ts';

export const allMatchesNeeded: Fault = {
  name: 'all-matches-needed',
  row: '+',
  title: 'A request has to be described by every match of a group',
  seam: 'route match',
  kills: ['traffic-specs/header-or'],
  mayAffect: [
    'traffic-specs/matches-are-alternatives', 'traffic-access/additive-*', 'traffic-access/rules-union', 'traffic-access/rule-matches-omitted',
    'traffic-split/match-*', 'traffic-access/empty-lists-inert',
    'traffic-access/dangling-route-denied', 'traffic-specs/shared-group',
  ],
  apply: (decisions) => ({ ...decisions, matchRoute: (outcomes) => outcomes.length > 0 && outcomes.every((outcome) => decisions.matchRoute([outcome])) }),
};
