import type { Fault } from './fault.ts';

export const weightsArePercentages: Fault = {
  name: 'weights-are-percentages',
  row: '39',
  title: 'Weights are percentages, and the rest goes to the root',
  seam: 'split',
  kills: ['traffic-split/weights-under-100'],
  mayAffect: ['traffic-split/single-backend', 'traffic-split/update-backend-set', 'traffic-split/port-mismatch-excluded'],
  apply: (decisions) => ({
    ...decisions,
    shares(split, backends) {
      const shares = decisions.shares(split, backends);
      const sum = shares.reduce((total, { weight }) => total + weight, 0);
      return sum < 100 ? [...shares, { service: split.service, weight: 100 - sum }] : shares;
    },
  }),
};
