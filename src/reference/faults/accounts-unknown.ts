import type { Fault } from './fault.ts';
import { behindAccess, behindPath, behindSplit, withoutTraffic } from './reach.ts';

export const accountsUnknown: Fault = {
  name: 'accounts-unknown',
  row: '+',
  title: 'Only IdentityBindings are subjects; a ServiceAccount is none',
  seam: 'identity',
  served: { access: ['v1alpha4'] },
  kills: ['traffic-access/allow-listed-source', 'traffic-access/serviceaccount-kind-still-valid'],
  mayAffect: ['traffic-split/root-without-split', 'traffic-split/all-to-first', ...behindAccess, ...behindPath, ...behindSplit, ...withoutTraffic],
  apply: (decisions) => ({ ...decisions, names: (subject, peer, end, binding) => subject.kind !== 'ServiceAccount' && decisions.names(subject, peer, end, binding) }),
};
