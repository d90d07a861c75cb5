import { asCreated } from './as-created.ts';
import type { Fault } from './fault.ts';

export const routeGroupsReadOnce: Fault = {
  name: 'route-groups-read-once',
  row: '+',
  title: 'An HTTPRouteGroup stays what it was when it was created',
  seam: 'view',
  kills: ['traffic-split/match-group-update', 'traffic-specs/update-propagates'],
  mayAffect: ['traffic-specs/invalid-regex-contained', 'traffic-specs/http2'],
  apply: (decisions) => ({ ...decisions, view: (store) => asCreated(decisions.view(store), 'HTTPRouteGroup', (first) => first) }),
};
