import type { Fault } from './fault.ts';

export const firstMatchOnly: Fault = {
  name: 'first-match-only',
  row: '+',
  title: 'Of each group of a split only the first match counts',
  seam: 'split',
  kills: ['traffic-split/match-or-within-group'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, segment: (groups) => decisions.segment(groups.map((matches) => matches.slice(0, 1))) }),
};
