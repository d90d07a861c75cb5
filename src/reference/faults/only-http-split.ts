import type { Fault } from './fault.ts';

export const onlyHttpSplit: Fault = {
  name: 'only-http-split',
  row: '+',
  title: 'Only what is known to be HTTP is split',
  seam: 'split',
  kills: ['traffic-split/tcp-split'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, splitOf: (splits, root, called) => (called.speaks === 'http' ? decisions.splitOf(splits, root, called) : undefined) }),
};
