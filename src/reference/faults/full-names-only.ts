import type { Fault } from './fault.ts';

export const fullNamesOnly: Fault = {
  name: 'full-names-only',
  row: '+',
  title: 'Only calls by the full name of the root are split',
  seam: 'split',
  kills: ['traffic-split/root-name-forms'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, applies: (split, taken, origin) => origin.host.endsWith('.svc.cluster.local') && decisions.applies(split, taken, origin) }),
};
