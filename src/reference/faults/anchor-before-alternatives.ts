import { matcher } from '../dataplane/correct/route.ts';
import type { Fault } from './fault.ts';

export const anchorBeforeAlternatives: Fault = {
  name: 'anchor-before-alternatives',
  row: '+',
  title: 'The start of the path counts for the first alternative of an expression only',
  seam: 'route match',
  kills: ['traffic-specs/path-alternation-anchored'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    pathMatcher: (pathRegex) => (pathRegex.includes('|') ? matcher(`^${pathRegex}`) : decisions.pathMatcher(pathRegex)),
  }),
};
