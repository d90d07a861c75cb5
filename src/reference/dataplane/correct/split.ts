import type { SplitDecisions } from '../decisions.ts';

/** Weights are relative, and a draw falls to a share with exactly its part of their sum. */
export const splitDecisions: SplitDecisions = {
  // The text does not say what two splits of one root come to: the older one holds, so that a later object cannot take over.
  splitOf: (splits, root) => splits.find(({ namespace, service }) => namespace === root.namespace && service === root.name),
  // As if all groups were one.
  segment: (groups) => groups.flat(),
  applies: (split, taken) => split.matches === undefined || taken === true,
  warnings: ({ service: root }, lacking) => lacking.map(({ backend, ports }) => `the backend ${backend} lacks port ${ports.join(', ')} of the root ${root}, and gets nothing there`),
  shares: (_split, backends) => backends.filter(({ weight }) => weight > 0),
  balance(shares, draw) {
    const fallsTo = draw * shares.reduce((sum, { weight }) => sum + weight, 0);
    let reached = 0;
    return shares.find(({ weight }) => (reached += weight) > fallsTo);
  },
};
