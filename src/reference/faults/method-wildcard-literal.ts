import type { Fault } from './fault.ts';
import { behindAccess, behindPath, behindSplit, except } from './reach.ts';

const kills = ['traffic-specs/method-wildcard'];

export const methodWildcardLiteral: Fault = {
  name: 'method-wildcard-literal',
  row: '29',
  title: '`*` is taken for the name of a method',
  seam: 'route match',
  kills,
  mayAffect: [
    'traffic-access/allow-listed-source', 'traffic-specs/path-selects', 'traffic-split/root-without-split', 'traffic-split/all-to-first',
    ...except([...behindAccess, ...behindPath, ...behindSplit], kills),
  ],
  apply: (decisions) => ({ ...decisions, methodListed: (methods, method) => methods.includes(method) }),
};
