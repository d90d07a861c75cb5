import type { Fault } from './fault.ts';
import { withoutTraffic } from './reach.ts';

export const identityFromLabels: Fault = {
  name: 'identity-from-labels',
  row: '3',
  title: 'The label `app` of a pod is taken for its identity',
  seam: 'identity',
  kills: ['traffic-access/identity-not-labels', 'traffic-access/identity-all-source-pods'],
  mayAffect: [...withoutTraffic, 'traffic-access/{default-serviceaccount,destination-all-pods-of-identity,late-pod,unknown-subject-kind-inert}', 'traffic-split/access-split-*'],
  apply: (decisions) => ({ ...decisions, names: (subject, peer) => subject.namespace === peer.namespace && subject.name === peer.labels['app'] }),
};
