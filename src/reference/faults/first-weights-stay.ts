import { asCreated } from './as-created.ts';
import type { Fault } from './fault.ts';

export const firstWeightsStay: Fault = {
  name: 'first-weights-stay',
  row: '45',
  title: 'An update of a TrafficSplit leaves the weights that it was created with in force',
  seam: 'view',
  kills: ['traffic-split/all-to-second', 'traffic-split/weighted-25-75', 'traffic-split/update-backend-set'],
  mayAffect: [
    'traffic-split/weighted-75-25', 'traffic-split/weighted-90-10', 'traffic-split/weighted-three-way', 'traffic-split/weights-under-100',
    'traffic-split/zero-among-several', 'traffic-split/port-mapping', 'traffic-split/weighted-50-50', 'traffic-split/weights-over-100',
    'traffic-split/port-mismatch-excluded', 'traffic-split/match-weighted-segment', 'traffic-split/match-removal', 'traffic-split/per-client',
    'traffic-split/tcp-split', 'traffic-split/access-split-allowed', 'traffic-split/multi-port', 'traffic-split/replicas-do-not-skew',
    'traffic-split/late-backend', 'traffic-split/backend-rollout', 'traffic-split/service-types', 'traffic-split/http2-split',
    'traffic-split/access-split-per-backend', 'traffic-split/bad-object-contained',
    'traffic-metrics/trafficsplit-*',
  ],
  apply: (decisions) => ({ ...decisions, view: (store) => asCreated(decisions.view(store), 'TrafficSplit', (first) => first) }),
};
