import type { Fault } from './fault.ts';

export const matchesOfAnyKind: Fault = {
  name: 'matches-of-any-kind',
  row: '+',
  title: 'Matches of a split may be of any kind',
  seam: 'store',
  kills: ['traffic-split/schema-match-kind'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    store: { ...decisions.store, refuses: (object, problems) => decisions.store.refuses(object, problems).filter((problem) => object.kind !== 'TrafficSplit' || !problem.includes('.kind: Unsupported value')) },
  }),
};
