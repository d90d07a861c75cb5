import type { Fault } from './fault.ts';

export const routesFoundByName: Fault = {
  name: 'routes-found-by-name',
  row: '33',
  title: 'A rule means the first route object of its name, of whichever kind',
  seam: 'route match',
  kills: ['traffic-specs/same-name-different-kind'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, findRoute: (routes, { namespace, name }) => routes.find((route) => route.namespace === namespace && route.name === name) }),
};
