import type { PodFacts } from '../../contract.ts';
import type { IdentityDecisions } from '../decisions.ts';
import type { Identity, IdentityBinding } from '../model.ts';

const identities = new WeakMap<PodFacts, Identity>();

/** A peer is what its ServiceAccount is, and the transport alone says which pod it is. */
export const identityDecisions: IdentityDecisions = {
  joins: (pod) => pod.meshed,
  identify(caller) {
    if (!caller.meshed) return undefined;
    const known = identities.get(caller);
    if (known !== undefined) return known;
    const { namespace, serviceAccount, labels } = caller;
    const identity = { namespace, serviceAccount, labels, spiffe: `spiffe://cluster.local/ns/${namespace}/sa/${serviceAccount}` };
    identities.set(caller, identity);
    return identity;
  },
  names(subject, peer, _end, binding) {
    if (subject.kind === 'ServiceAccount') return subject.name === peer.serviceAccount && subject.namespace === peer.namespace;
    return subject.kind === 'IdentityBinding' && binding !== undefined && binds(binding, peer);
  },
};

/** A binding speaks for pods of its own namespace only. */
function binds({ namespace, matchLabels, serviceAccount, spiffeIdentities }: IdentityBinding, peer: Identity): boolean {
  if (namespace !== peer.namespace) return false;
  const byLabels = matchLabels !== undefined && Object.entries(matchLabels).every(([key, value]) => peer.labels[key] === value);
  return byLabels || serviceAccount === peer.serviceAccount || spiffeIdentities.some((id) => withoutScheme(id) === withoutScheme(peer.spiffe));
}

/** The specification's sample leaves the scheme out, its reference webhook demands it. */
function withoutScheme(id: string): string {
  return id.replace(/^spiffe:\/\//, '');
}
