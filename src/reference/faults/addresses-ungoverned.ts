import type { Fault } from './fault.ts';

export const addressesUngoverned: Fault = {
  name: 'addresses-ungoverned',
  row: '+',
  title: 'A call to the address of a pod passes whoever makes it',
  seam: 'authorise',
  kills: ['traffic-access/pod-ip-denied', 'traffic-access/unmeshed-client-denied'],
  mayAffect: ['traffic-access/unlisted-source-denied'],
  apply: (decisions) => ({ ...decisions, authorise: (passages, call, ...more) => (call.direct === true ? 'open' : decisions.authorise(passages, call, ...more)) }),
};
