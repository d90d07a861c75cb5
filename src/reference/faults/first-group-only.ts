import type { Fault } from './fault.ts';

export const firstGroupOnly: Fault = {
  name: 'first-group-only',
  row: '+',
  title: 'Of the groups of a split only the first counts',
  seam: 'split',
  kills: ['traffic-split/match-groups-merged'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, segment: (groups) => decisions.segment(groups.slice(0, 1)) }),
};
