import type { Fault } from './fault.ts';

export const definitionNotEstablished: Fault = {
  name: 'definition-not-established',
  row: '+',
  title: 'The definition of TrafficSplit is never established',
  seam: 'store',
  kills: ['traffic-split/crd-trafficsplit'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, store: { ...decisions.store, established: (kind) => kind !== 'TrafficSplit' && decisions.store.established(kind) } }),
};
