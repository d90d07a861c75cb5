import { matcher } from '../dataplane/correct/route.ts';
import type { Fault } from './fault.ts';

export const pathWithQuery: Fault = {
  name: 'path-with-query',
  row: '+',
  title: 'A path expression has to match the whole target of a request, query and all',
  seam: 'route match',
  kills: ['traffic-specs/path-query-ignored', 'traffic-specs/path-tail-open'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, pathAsked: ({ path, query = '' }) => path + query, pathMatcher: (pathRegex) => matcher(`^(?:${pathRegex})$`) }),
};
