import type { Fault } from './fault.ts';
import { withoutTraffic } from './reach.ts';

export const destinationByLabel: Fault = {
  name: 'destination-by-label',
  row: '8',
  title: 'A destination is known by the label `app`, not by its account',
  seam: 'identity',
  kills: ['traffic-access/destination-all-pods-of-identity'],
  mayAffect: [...withoutTraffic, 'traffic-split/access-split-*'],
  apply: (decisions) => ({ ...decisions, names: (subject, peer, end, binding) => (end === 'destination' && subject.kind === 'ServiceAccount' ? subject.namespace === peer.namespace && subject.name === peer.labels['app'] : decisions.names(subject, peer, end, binding)) }),
};
