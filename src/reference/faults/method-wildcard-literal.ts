import type { Fault } from './fault.ts';
import { behindAccess, behindPath, behindSplit, except, withoutTraffic } from './reach.ts';

/** A query can only cost a mesh a part of its verdict: what shuts the gates is what can be held against it. */
const kills = ['traffic-specs/method-wildcard', 'traffic-specs/path-query-ignored'];

export const methodWildcardLiteral: Fault = {
  name: 'method-wildcard-literal',
  row: '29',
  title: '`*` is taken for the name of a method',
  seam: 'route match',
  kills,
  mayAffect: [
    'traffic-access/allow-listed-source', 'traffic-specs/path-selects', 'traffic-split/root-without-split', 'traffic-split/all-to-first',
    ...except([...behindAccess, ...behindPath, ...behindSplit, ...withoutTraffic], kills),
  ],
  apply: (decisions) => ({ ...decisions, methodListed: (methods, method) => methods.includes(method) }),
};
