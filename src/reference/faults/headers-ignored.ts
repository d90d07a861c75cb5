import type { Fault } from './fault.ts';

export const headersIgnored: Fault = {
  name: 'headers-ignored',
  row: '30',
  title: 'Header filters are ignored',
  seam: 'route match',
  kills: ['traffic-specs/header-single', 'traffic-split/match-header-routes', 'traffic-split/match-nonmatching-root'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, headersHold: () => true }),
};
