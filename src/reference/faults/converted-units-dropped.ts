import type { Fault } from './fault.ts';
import { backendsOf, withWeights } from './rewrite.ts';

export const convertedUnitsDropped: Fault = {
  name: 'converted-units-dropped',
  row: '44',
  title: 'Of quantities only the digits come through the conversion to another version',
  seam: 'store',
  served: { split: ['v1alpha1', 'v1alpha4'] },
  kills: ['traffic-split/version-roundtrip'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    store: {
      ...decisions.store,
      reads: (converted, stored) => (stored.apiVersion.endsWith('/v1alpha1') && backendsOf(stored).length > 0
        ? withWeights(converted, (_weight, _all, index) => Number(String(backendsOf(stored)[index]?.weight).replace(/[^0-9]+$/, '')))
        : decisions.store.reads(converted, stored)),
    },
  }),
};
