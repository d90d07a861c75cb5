import type { Fault } from './fault.ts';

export const equalWeights: Fault = {
  name: 'equal-weights',
  row: '36',
  title: 'All backends that have a weight get the same',
  seam: 'balance',
  kills: ['traffic-split/weighted-75-25', 'traffic-split/weighted-90-10', 'traffic-split/weighted-three-way'],
  mayAffect: [
    'traffic-split/weighted-25-75', 'traffic-split/weights-under-100', 'traffic-split/weights-over-100', 'traffic-split/match-weighted-segment',
    'traffic-split/per-client', 'traffic-split/tcp-split', 'traffic-split/access-split-allowed', 'traffic-split/backend-rollout',
    'traffic-split/http2-split',
  ],
  apply: (decisions) => ({ ...decisions, shares: (split, backends) => decisions.shares(split, backends).map(({ service }) => ({ service, weight: 1 })) }),
};
