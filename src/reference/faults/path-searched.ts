import type { Fault } from './fault.ts';

export const pathSearched: Fault = {
  name: 'path-searched',
  row: '25',
  title: 'A path expression is searched for anywhere in the path',
  seam: 'route match',
  kills: ['traffic-specs/path-start-anchored'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    pathMatcher(pathRegex) {
      const regex = new RegExp(pathRegex);
      return (path) => regex.test(path);
    },
  }),
};
