import type { Fault } from './fault.ts';
import { rewriting, withWeights } from './rewrite.ts';

export const quantitiesTruncated: Fault = {
  name: 'quantities-truncated',
  row: '43',
  title: 'Quantities are cut to whole numbers',
  seam: 'view',
  served: { split: ['v1alpha1'] },
  kills: ['traffic-split/quantity-ratio'],
  mayAffect: ['traffic-split/quantity-mixed-units'],
  apply: (decisions) => ({ ...decisions, view: (store) => rewriting(decisions.view(store), 'TrafficSplit', (split) => withWeights(split, truncated)) }),
};

function truncated(weight: unknown): unknown {
  return typeof weight === 'string' && weight.endsWith('m') ? Math.floor(Number(weight.slice(0, -1)) / 1000) : weight;
}
