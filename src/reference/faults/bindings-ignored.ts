import type { Fault } from './fault.ts';

export const bindingsIgnored: Fault = {
  name: 'bindings-ignored',
  row: '+',
  title: 'An IdentityBinding stands for nobody',
  seam: 'identity',
  served: { access: ['v1alpha4'] },
  kills: [
    'traffic-access/identitybinding-serviceaccount', 'traffic-access/identitybinding-podlabels', 'traffic-access/identitybinding-spiffe',
    'traffic-access/identitybinding-schemes-or', 'traffic-access/identitybinding-namespace-boundary', 'traffic-access/identitybinding-update',
  ],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, names: (subject, peer, end, binding) => subject.kind !== 'IdentityBinding' && decisions.names(subject, peer, end, binding) }),
};
