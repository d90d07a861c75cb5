import type { Fault } from './fault.ts';

export const deletionsHeld: Fault = {
  name: 'deletions-held',
  row: '+',
  title: 'A TrafficTarget that is deleted stays, held by a finalizer',
  seam: 'store',
  kills: ['traffic-access/traffictarget-delete'],
  mayAffect: ['traffic-access/*', 'traffic-specs/*', 'traffic-split/access-split-does-not-grant'],
  apply: (decisions) => ({ ...decisions, store: { ...decisions.store, removes: (object) => object.kind !== 'TrafficTarget' && decisions.store.removes(object) } }),
};
