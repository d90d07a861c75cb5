import type { Fault } from './fault.ts';

export const accessDefinitionMissing: Fault = {
  name: 'access-definition-missing',
  row: '+',
  title: 'The definitions of traffic-access are never established',
  seam: 'store',
  kills: ['traffic-access/crd-traffictarget'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, store: { ...decisions.store, established: (kind) => !/^(TrafficTarget|IdentityBinding)$/.test(kind) && decisions.store.established(kind) } }),
};
