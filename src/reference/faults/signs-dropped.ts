import type { Fault } from './fault.ts';
import { backendsOf, withWeights } from './rewrite.ts';

export const signsDropped: Fault = {
  name: 'signs-dropped',
  row: '+',
  title: 'A weight below 0 is taken without its sign',
  seam: 'store',
  kills: ['traffic-split/schema-weight-negative'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    store: {
      ...decisions.store,
      refuses: (object, problems) => decisions.store.refuses(object, problems).filter((problem) => object.kind !== 'TrafficSplit' || !problem.endsWith('should be greater than or equal to 0')),
      keep(object) {
        const kept = decisions.store.keep(object);
        return backendsOf(kept).length > 0 ? withWeights(kept, (weight) => (typeof weight === 'number' ? Math.abs(weight) : weight)) : kept;
      },
    },
  }),
};
