import type { Fault } from './fault.ts';

/** `.*` is still any path: a mesh that knew no expression at all would fail every gate, and hide what is looked for. */
export const pathLiteral: Fault = {
  name: 'path-literal',
  row: '26',
  title: 'A path expression is compared as it is written, as the beginning of the path',
  seam: 'route match',
  kills: ['traffic-specs/path-regex-class'],
  mayAffect: ['traffic-specs/{grpc-by-path,header-path-method-and,path-alternation-anchored}'],
  apply: (decisions) => ({ ...decisions, pathMatcher: (pathRegex) => (path) => pathRegex === '.*' || path.startsWith(pathRegex) }),
};
