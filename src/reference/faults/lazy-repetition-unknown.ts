import type { Fault } from './fault.ts';

export const lazyRepetitionUnknown: Fault = {
  name: 'lazy-repetition-unknown',
  row: '+',
  title: 'An expression with a lazy repetition matches nothing',
  seam: 'route match',
  kills: ['traffic-specs/header-cookie-sample'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, headerMatcher: (regex) => (/[*+]\?/.test(regex) ? () => false : decisions.headerMatcher(regex)) }),
};
