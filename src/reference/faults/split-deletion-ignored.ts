import type { Fault } from './fault.ts';
import { retaining } from './retain.ts';

export const splitDeletionIgnored: Fault = {
  name: 'split-deletion-ignored',
  row: '23',
  title: 'A TrafficSplit stays in force after its deletion, until another is written',
  seam: 'view',
  kills: ['traffic-split/delete-restores-root'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, view: (store) => retaining(decisions.view(store), 'TrafficSplit') }),
};
