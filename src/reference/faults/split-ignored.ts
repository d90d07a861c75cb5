import type { Fault } from './fault.ts';
import { behindSplit, except } from './reach.ts';

const kills = ['traffic-split/all-to-first', 'traffic-split/weighted-75-25'];

export const splitIgnored: Fault = {
  name: 'split-ignored',
  row: '35',
  title: 'TrafficSplits are ignored',
  seam: 'split',
  kills,
  mayAffect: [...except(behindSplit, kills), 'traffic-metrics/trafficsplit-*'],
  apply: (decisions) => ({ ...decisions, splitOf: () => undefined }),
};
