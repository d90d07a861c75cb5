import type { Fault } from './fault.ts';

export const singleBackendIgnored: Fault = {
  name: 'single-backend-ignored',
  row: '+',
  title: 'A split with one backend is none, since there is nothing to share out',
  seam: 'split',
  kills: ['traffic-split/single-backend'],
  mayAffect: ['traffic-split/update-backend-set', 'traffic-split/port-mismatch-excluded', 'traffic-split/port-name-differs'],
  apply: (decisions) => ({
    ...decisions,
    splitOf(splits, root, called) {
      const split = decisions.splitOf(splits, root, called);
      return split?.backends.length === 1 ? undefined : split;
    },
  }),
};
