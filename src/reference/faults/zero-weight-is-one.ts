import type { Fault } from './fault.ts';
import { behindSplit, except } from './reach.ts';

const kills = ['traffic-split/all-to-first', 'traffic-split/zero-among-several'];

export const zeroWeightIsOne: Fault = {
  name: 'zero-weight-is-one',
  row: '41',
  title: 'A weight of 0 is taken for one that was left out, which is 1',
  seam: 'balance',
  kills,
  mayAffect: except(behindSplit, kills),
  apply: (decisions) => ({
    ...decisions,
    shares: (split, backends) => decisions.shares(split, backends.map(({ service, weight }) => ({ service, weight: weight === 0 ? 1 : weight }))),
  }),
};
