import type { Fault } from './fault.ts';

export const bindingsEverywhere: Fault = {
  name: 'bindings-everywhere',
  row: '+',
  title: 'An IdentityBinding speaks for pods of every namespace',
  seam: 'identity',
  served: { access: ['v1alpha4'] },
  kills: ['traffic-access/identitybinding-namespace-boundary'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, names: (subject, peer, end, binding) => decisions.names(subject, peer, end, binding && end === 'source' ? { ...binding, namespace: peer.namespace } : binding) }),
};
