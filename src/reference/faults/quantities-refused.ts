import type { Fault } from './fault.ts';
import { backendsOf } from './rewrite.ts';

export const quantitiesRefused: Fault = {
  name: 'quantities-refused',
  row: '+',
  title: 'Weights with a unit are refused, although quantities are what the version has',
  seam: 'store',
  served: { split: ['v1alpha1'] },
  kills: ['traffic-split/weight-quantity'],
  mayAffect: ['traffic-split/quantity-ratio', 'traffic-split/quantity-mixed-units', 'traffic-split/version-roundtrip'],
  apply: (decisions) => ({
    ...decisions,
    store: {
      ...decisions.store,
      refuses(object, problems) {
        const more = backendsOf(object).flatMap(({ weight }, index) => (typeof weight === 'string' && /[^0-9]/.test(weight) ? [`spec.backends[${index}].weight: Invalid value: "${weight}": must be a whole number`] : []));
        return [...decisions.store.refuses(object, problems), ...more];
      },
    },
  }),
};
