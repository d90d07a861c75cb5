import { matcher } from '../dataplane/correct/route.ts';
import type { Fault } from './fault.ts';

export const pathSearched: Fault = {
  name: 'path-searched',
  row: '25',
  title: 'A path expression is searched for anywhere in the path',
  seam: 'route match',
  kills: ['traffic-specs/path-start-anchored'],
  mayAffect: ['traffic-specs/path-alternation-anchored'],
  apply: (decisions) => ({
    ...decisions,
    pathMatcher: matcher,
  }),
};
