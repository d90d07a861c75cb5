import type { Fault } from './fault.ts';

export const headersIgnored: Fault = {
  name: 'headers-ignored',
  row: '30',
  title: 'Header filters are ignored',
  seam: 'route match',
  kills: ['traffic-specs/header-single', 'traffic-split/match-header-routes', 'traffic-split/match-nonmatching-root'],
  mayAffect: [
    'traffic-split/match-weighted-segment', 'traffic-split/match-header-and', 'traffic-split/match-or-within-group', 'traffic-split/match-groups-merged',
    'traffic-split/match-removal', 'traffic-split/match-group-update',
    'traffic-specs/header-*',
  ],
  apply: (decisions) => ({ ...decisions, headersHold: () => true }),
};
