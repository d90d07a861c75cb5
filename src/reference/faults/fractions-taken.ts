import type { Fault } from './fault.ts';

export const fractionsTaken: Fault = {
  name: 'fractions-taken',
  row: '+',
  title: 'Weights may be any number, written in any way',
  seam: 'store',
  kills: ['traffic-split/schema-weight-integer'],
  mayAffect: ['traffic-split/schema-weight-negative'],
  apply: (decisions) => ({
    ...decisions,
    store: { ...decisions.store, refuses: (object, problems) => decisions.store.refuses(object, problems).filter((problem) => object.kind !== 'TrafficSplit' || !problem.includes('.weight: Invalid value')) },
  }),
};
