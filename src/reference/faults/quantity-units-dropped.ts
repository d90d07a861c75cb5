import type { Fault } from './fault.ts';
import { rewriting, withWeights } from './rewrite.ts';

export const quantityUnitsDropped: Fault = {
  name: 'quantity-units-dropped',
  row: '44',
  title: 'Of a quantity only the digits count, not the unit',
  seam: 'view',
  served: { split: ['v1alpha1'] },
  kills: ['traffic-split/quantity-mixed-units'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, view: (store) => rewriting(decisions.view(store), 'TrafficSplit', (split) => withWeights(split, (weight) => (typeof weight === 'string' ? weight.replace(/[^0-9]+$/, '') : weight))) }),
};
