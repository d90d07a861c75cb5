import type { Fault } from './fault.ts';

export const splitsEverywhere: Fault = {
  name: 'splits-everywhere',
  row: '52',
  title: 'A split is in force for roots of its name in every namespace',
  seam: 'split',
  kills: ['traffic-split/namespace-scoped'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, splitOf: (splits, root) => splits.find(({ service }) => service === root.name) }),
};
