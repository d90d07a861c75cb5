import type { Fault } from './fault.ts';
import { backendsOf, withWeights } from './rewrite.ts';

/** Traffic is as before, so that nothing but what is stored can show it. */
export const weightsNormalised: Fault = {
  name: 'weights-normalised',
  row: '+',
  title: 'Weights are stored as parts of 10,000, whatever was written',
  seam: 'store',
  kills: ['traffic-split/trafficsplit-roundtrip', 'traffic-split/trafficsplit-update-roundtrip'],
  mayAffect: ['traffic-metrics/trafficsplit-items'],
  apply: (decisions) => ({
    ...decisions,
    store: {
      ...decisions.store,
      keep(object) {
        const kept = decisions.store.keep(object);
        return backendsOf(kept).length > 0 ? withWeights(kept, outOfTenThousand) : kept;
      },
    },
  }),
};

function outOfTenThousand(weight: unknown, all: readonly unknown[]): unknown {
  const sum = all.reduce((total: number, one) => total + Number(one), 0);
  return sum > 0 ? Math.round((Number(weight) * 10_000) / sum) : weight;
}
