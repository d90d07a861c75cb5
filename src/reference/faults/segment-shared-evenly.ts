import type { Fault } from './fault.ts';

export const segmentSharedEvenly: Fault = {
  name: 'segment-shared-evenly',
  row: '+',
  title: 'A split with matches shares evenly, whatever its weights',
  seam: 'balance',
  kills: ['traffic-split/match-weighted-segment'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    shares(split, backends) {
      const shares = decisions.shares(split, backends);
      return split.matches === undefined ? shares : shares.map(({ service }) => ({ service, weight: 1 }));
    },
  }),
};
