import type { Fault } from './fault.ts';

export const namespaceOpened: Fault = {
  name: 'namespace-opened',
  row: '10',
  title: 'A TrafficTarget opens every pod of the namespace of its destination',
  seam: 'authorise',
  kills: ['traffic-access/destination-scoped', 'traffic-access/destination-all-pods-of-identity', 'traffic-access/destination-identity-per-pod'],
  mayAffect: ['traffic-split/access-split-*'],
  apply: (decisions) => ({ ...decisions, names: (subject, peer, end, binding) => (end === 'destination' ? subject.namespace === peer.namespace : decisions.names(subject, peer, end, binding)) }),
};
