import type { Fault } from './fault.ts';

export const singleBackendIgnored: Fault = {
  name: 'single-backend-ignored',
  row: '+',
  title: 'A split with one backend is none, since there is nothing to share out',
  seam: 'split',
  kills: ['traffic-split/single-backend'],
  mayAffect: [
    'traffic-split/update-backend-set', 'traffic-split/port-mismatch-excluded', 'traffic-split/port-name-differs', 'traffic-split/match-header-and',
    'traffic-split/match-or-within-group', 'traffic-split/match-groups-merged', 'traffic-split/match-removal', 'traffic-split/match-group-update',
    'traffic-split/namespace-scoped', 'traffic-split/tcp-split',
  ],
  apply: (decisions) => ({
    ...decisions,
    splitOf(splits, root, called) {
      const split = decisions.splitOf(splits, root, called);
      return split?.backends.length === 1 ? undefined : split;
    },
  }),
};
