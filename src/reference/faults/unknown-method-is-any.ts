import type { Fault } from './fault.ts';
import { lenient } from './lenient.ts';

export const unknownMethodIsAny: Fault = {
  name: 'unknown-method-is-any',
  row: '+',
  title: 'A method that is none stands for all of them, and the definition takes any',
  seam: 'route match',
  kills: ['traffic-specs/schema-method-enum'],
  mayAffect: ['traffic-specs/schema-match-name'],
  apply: (decisions) => ({
    ...decisions,
    store: lenient(decisions.store, 'HTTPRouteGroup'),
    methodListed: (methods, method) => methods.includes('FETCH') || decisions.methodListed(methods, method),
  }),
};
