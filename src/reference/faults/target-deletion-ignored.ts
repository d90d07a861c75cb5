import type { Fault } from './fault.ts';
import { retaining } from './retain.ts';

export const targetDeletionIgnored: Fault = {
  name: 'target-deletion-ignored',
  row: '23',
  title: 'A TrafficTarget stays in force after its deletion, until another is written',
  seam: 'view',
  kills: ['traffic-access/deletion-revokes'],
  mayAffect: ['traffic-access/additive-same-route', 'traffic-access/{additive-overlap,default-serviceaccount}', 'traffic-split/access-split-does-not-grant'],
  apply: (decisions) => ({ ...decisions, view: (store) => retaining(decisions.view(store), 'TrafficTarget') }),
};
