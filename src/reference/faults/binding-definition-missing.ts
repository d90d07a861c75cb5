import type { Fault } from './fault.ts';

export const bindingDefinitionMissing: Fault = {
  name: 'binding-definition-missing',
  row: '+',
  title: 'The definition of IdentityBinding is never established',
  seam: 'store',
  served: { access: ['v1alpha4'] },
  kills: ['traffic-access/crd-identitybinding'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, store: { ...decisions.store, established: (kind) => kind !== 'IdentityBinding' && decisions.store.established(kind) } }),
};
