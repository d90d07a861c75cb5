import type { Fault } from './fault.ts';

export const bindingSchemesAnded: Fault = {
  name: 'binding-schemes-anded',
  row: '+',
  title: 'A peer has to satisfy every scheme of an IdentityBinding',
  seam: 'identity',
  served: { access: ['v1alpha4'] },
  kills: ['traffic-access/identitybinding-schemes-or'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    names(subject, peer, end, binding) {
      if (binding === undefined) return decisions.names(subject, peer, end, binding);
      const { matchLabels, serviceAccount, spiffeIdentities, ...place } = binding;
      const schemes = [
        ...(matchLabels === undefined ? [] : [{ matchLabels, spiffeIdentities: [] }]),
        ...(serviceAccount === undefined ? [] : [{ serviceAccount, spiffeIdentities: [] }]),
        ...(spiffeIdentities.length === 0 ? [] : [{ spiffeIdentities }]),
      ];
      return schemes.every((scheme) => decisions.names(subject, peer, end, { ...place, ...scheme }));
    },
  }),
};
