import type { Fault } from './fault.ts';
import { withoutTraffic } from './reach.ts';

export const identityFromLabels: Fault = {
  name: 'identity-from-labels',
  row: '3',
  title: 'The label `app` of a pod is taken for its identity',
  seam: 'identity',
  kills: ['traffic-access/identity-not-labels', 'traffic-access/identity-all-source-pods'],
  mayAffect: [...withoutTraffic],
  apply: (decisions) => ({ ...decisions, names: (subject, peer) => subject.namespace === peer.namespace && subject.name === peer.labels['app'] }),
};
