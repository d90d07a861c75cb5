import type { Fault } from './fault.ts';

export const ownClientsOnly: Fault = {
  name: 'own-clients-only',
  row: '+',
  title: 'A split is in force for clients of its own namespace only',
  seam: 'split',
  kills: ['traffic-split/cross-namespace-client'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, applies: (split, taken, origin) => origin.caller.namespace === split.namespace && decisions.applies(split, taken, origin) }),
};
