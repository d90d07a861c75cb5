import type { Fault } from './fault.ts';

/** The label `group` is what a Service over several accounts selects by. */
export const serviceOpenedWhole: Fault = {
  name: 'service-opened-whole',
  row: '8',
  title: 'Every pod behind a Service is opened with the first of them that is permitted',
  seam: 'identity',
  kills: ['traffic-access/destination-identity-per-pod', 'traffic-access/destination-scoped'],
  mayAffect: ['traffic-access/destination-all-pods-of-identity'],
  apply: (decisions) => ({ ...decisions, names: (subject, peer, end, binding) => decisions.names(subject, peer, end, binding) || (end === 'destination' && subject.namespace === peer.namespace && peer.labels['group'] !== undefined) }),
};
