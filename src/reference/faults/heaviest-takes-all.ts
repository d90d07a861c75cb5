import type { Fault } from './fault.ts';

export const heaviestTakesAll: Fault = {
  name: 'heaviest-takes-all',
  row: '38',
  title: 'The backend of the greatest weight gets everything, the first of several',
  seam: 'balance',
  kills: ['traffic-split/weighted-75-25', 'traffic-split/weighted-90-10', 'traffic-split/weighted-50-50'],
  mayAffect: [
    'traffic-split/weighted-25-75', 'traffic-split/weighted-three-way', 'traffic-split/weights-under-100', 'traffic-split/zero-among-several',
    'traffic-split/port-mapping', 'traffic-split/weights-over-100', 'traffic-split/update-backend-set',
    'traffic-split/match-weighted-segment', 'traffic-split/per-client', 'traffic-split/tcp-split', 'traffic-split/access-split-allowed',
    'traffic-split/replicas-do-not-skew', 'traffic-split/late-backend', 'traffic-split/backend-rollout', 'traffic-split/service-types',
    'traffic-split/http2-split', 'traffic-split/access-split-per-backend',
    'traffic-metrics/trafficsplit-*',
  ],
  apply: (decisions) => ({
    ...decisions,
    shares(split, backends) {
      const shares = decisions.shares(split, backends);
      const most = Math.max(...shares.map(({ weight }) => weight));
      return shares.filter(({ weight }) => weight === most).slice(0, 1);
    },
  }),
};
