import type { Fault } from './fault.ts';

export const firstSegmentOnly: Fault = {
  name: 'first-segment-only',
  row: '+',
  title: 'Only the first segment of a path counts',
  seam: 'route match',
  kills: ['traffic-specs/grpc-by-path'],
  mayAffect: ['traffic-specs/path-regex-class'],
  apply: (decisions) => ({ ...decisions, pathMatcher: (pathRegex) => decisions.pathMatcher(pathRegex.includes('|') ? pathRegex : pathRegex.split('/').slice(0, 2).join('/')) }),
};
