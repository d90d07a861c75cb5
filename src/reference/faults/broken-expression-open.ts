import type { Fault } from './fault.ts';

export const brokenExpressionOpen: Fault = {
  name: 'broken-expression-open',
  row: '+',
  title: 'An expression that cannot be read takes every path',
  seam: 'route match',
  kills: ['traffic-specs/invalid-regex-contained'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    pathMatcher(pathRegex) {
      try {
        new RegExp(pathRegex);
      } catch {
        return () => true;
      }
      return decisions.pathMatcher(pathRegex);
    },
  }),
};
