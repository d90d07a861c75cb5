import type { Fault } from './fault.ts';

export const backendsSplitToo: Fault = {
  name: 'backends-split-too',
  row: '+',
  title: 'Calls to a backend by its own name are split as calls to the root are',
  seam: 'split',
  kills: ['traffic-split/backend-direct'],
  mayAffect: ['traffic-split/access-split-per-backend', 'traffic-metrics/trafficsplit-counts'],
  apply: (decisions) => ({
    ...decisions,
    splitOf: (splits, root, called) => decisions.splitOf(splits, root, called)
      ?? splits.find(({ namespace, backends }) => namespace === root.namespace && backends.some(({ service }) => service === root.name)),
  }),
};
