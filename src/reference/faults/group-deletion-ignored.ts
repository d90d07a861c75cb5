import type { Fault } from './fault.ts';
import { retaining } from './retain.ts';

export const groupDeletionIgnored: Fault = {
  name: 'group-deletion-ignored',
  row: '23',
  title: 'An HTTPRouteGroup stays in force after its deletion, until another is written',
  seam: 'view',
  kills: ['traffic-specs/route-delete-revokes'],
  mayAffect: ['traffic-split/*'],
  apply: (decisions) => ({ ...decisions, view: (store) => retaining(decisions.view(store), 'HTTPRouteGroup') }),
};
