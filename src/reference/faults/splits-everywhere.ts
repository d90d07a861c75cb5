import type { Fault } from './fault.ts';

/** Not all namespaces: the lanes of a run have Services of the same names, and each would be disturbed by all others. */
export const splitsEverywhere: Fault = {
  name: 'splits-everywhere',
  row: '52',
  title: 'A split is also in force for roots of its name in namespaces whose names begin that of its own',
  seam: 'split',
  kills: ['traffic-split/namespace-scoped'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, splitOf: (splits, root, called) => decisions.splitOf(splits, root, called) ?? splits.find(({ namespace, service }) => service === root.name && namespace.startsWith(root.namespace)) }),
};
