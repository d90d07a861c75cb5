import type { Fault } from './fault.ts';

/** A neighbour is a namespace of the same lane: lanes must not open each other. */
export const routesFoundElsewhere: Fault = {
  name: 'routes-found-elsewhere',
  row: '+',
  title: 'A rule means the group of its name in a neighbouring namespace where there is one',
  seam: 'route match',
  kills: ['traffic-specs/same-name-other-namespace'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    findRoute: (routes, reference) => routes.find(({ kind, namespace, name }) => kind === reference.kind && name === reference.name && namespace.startsWith(`${reference.namespace}-`)) ?? decisions.findRoute(routes, reference),
  }),
};
