import type { Fault } from './fault.ts';

export const headerFiltersOred: Fault = {
  name: 'header-filters-ored',
  row: '31',
  title: 'One header of a match that is as asked for is enough',
  seam: 'route match',
  kills: ['traffic-specs/header-and', 'traffic-split/match-header-and'],
  mayAffect: ['traffic-specs/header-or'],
  apply: (decisions) => ({ ...decisions, headersHold: (outcomes) => outcomes.some((holds) => holds) }),
};
