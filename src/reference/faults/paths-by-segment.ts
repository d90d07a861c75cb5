import type { Fault } from './fault.ts';

export const pathsBySegment: Fault = {
  name: 'paths-by-segment',
  row: '+',
  title: 'A path expression takes longer paths only where a new segment begins',
  seam: 'route match',
  kills: ['traffic-specs/path-tail-open'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, pathMatcher: (pathRegex) => decisions.pathMatcher(pathRegex === '.*' ? pathRegex : `(?:${pathRegex})(?:/|$)`) }),
};
