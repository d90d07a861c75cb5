import type { Fault } from './fault.ts';

export const wildcardTakesOneSegment: Fault = {
  name: 'wildcard-takes-one-segment',
  row: '+',
  title: 'The expression `.*` takes paths of one segment only',
  seam: 'route match',
  kills: ['traffic-specs/path-wildcard'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, pathMatcher: (pathRegex) => (pathRegex === '.*' ? (path) => !path.slice(1).includes('/') : decisions.pathMatcher(pathRegex)) }),
};
