import { asCreated } from './as-created.ts';
import type { Fault } from './fault.ts';

export const firstRulesStay: Fault = {
  name: 'first-rules-stay',
  row: '+',
  title: 'A TrafficTarget stays what it was when it was created',
  seam: 'view',
  kills: ['traffic-access/update-sources', 'traffic-access/update-rules'],
  mayAffect: ['traffic-access/empty-lists-inert'],
  apply: (decisions) => ({ ...decisions, view: (store) => asCreated(decisions.view(store), 'TrafficTarget', (first) => first) }),
};
