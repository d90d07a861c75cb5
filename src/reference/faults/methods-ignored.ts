import type { Fault } from './fault.ts';

export const methodsIgnored: Fault = {
  name: 'methods-ignored',
  row: '+',
  title: 'The methods of a match are not looked at',
  seam: 'route match',
  kills: [
    'traffic-specs/method-selects', 'traffic-specs/method-list', 'traffic-specs/method-path-conjunction', 'traffic-specs/header-path-method-and',
    'traffic-specs/matches-are-alternatives',
  ],
  mayAffect: ['traffic-access/additive-targets', 'traffic-access/additive-overlap', 'traffic-specs/http2'],
  apply: (decisions) => ({ ...decisions, methodListed: () => true }),
};
