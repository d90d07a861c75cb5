import { asCreated } from './as-created.ts';
import type { Fault } from './fault.ts';

export const bindingsReadOnce: Fault = {
  name: 'bindings-read-once',
  row: '+',
  title: 'An IdentityBinding stays what it was when it was created',
  seam: 'view',
  served: { access: ['v1alpha4'] },
  kills: ['traffic-access/identitybinding-update'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, view: (store) => asCreated(decisions.view(store), 'IdentityBinding', (first) => first) }),
};
