import type { Fault } from './fault.ts';

/** Weights of 0 keep their place: a mesh that swapped those as well would fail the gate, and hide what is looked for. */
export const weightsReversed: Fault = {
  name: 'weights-reversed',
  row: '37',
  title: 'Weights are given to the backends in the reverse order',
  seam: 'balance',
  kills: ['traffic-split/weighted-75-25', 'traffic-split/weighted-three-way'],
  mayAffect: [
    'traffic-split/weighted-25-75', 'traffic-split/weighted-90-10', 'traffic-split/weights-under-100', 'traffic-split/weights-over-100',
    'traffic-split/match-weighted-segment', 'traffic-split/per-client', 'traffic-split/tcp-split', 'traffic-split/access-split-allowed',
    'traffic-split/backend-rollout', 'traffic-split/http2-split',
    'traffic-metrics/trafficsplit-counts',
  ],
  apply: (decisions) => ({
    ...decisions,
    shares(split, backends) {
      const shares = decisions.shares(split, backends);
      const weights = shares.map(({ weight }) => weight).toReversed();
      return shares.map(({ service, weight }, index) => ({ service, weight: weights[index] ?? weight }));
    },
  }),
};
