import type { AccessDecisions } from '../decisions.ts';
import type { Layers, Passage, Ports, RouteMatch } from '../model.ts';

/** Permissions add up; within one target, layers restrict each other and rules of the same layer are alternatives. */
export const accessDecisions: AccessDecisions = {
  // Permission to call is the destination's to give: a target in another namespace gives none.
  grants: (targets, layers) => targets
    .filter(({ namespace, destination }) => destination.namespace === namespace)
    .map((target) => ({
      destination: target.destination,
      sources: target.sources,
      ...(target.port !== undefined && { port: target.port }),
      ...layers(target),
    })),
  layers(rules) {
    const layers: Layers = {};
    for (const { rule, route } of rules) {
      if (rule.kind === 'TCPRoute') layers.tcp = unite(layers.tcp, route?.kind === 'TCPRoute' ? route.ports : []);
      if (rule.kind === 'UDPRoute') layers.udp = unite(layers.udp, route?.kind === 'UDPRoute' ? route.ports : []);
      if (rule.kind === 'HTTPRouteGroup') layers.http = [...(layers.http ?? []), ...(route?.kind === 'HTTPRouteGroup' ? route.matches : [])];
    }
    return layers;
  },
  matchesOf: ({ matches: names }, matches) => (names === undefined ? matches : matches.filter(({ name }) => names.includes(name))),
  portListed: (ports, port) => ports === 'all' || ports.includes(port),
  passage({ port, tcp, http }, call, listed) {
    if (port !== undefined && port !== call.port) return 'closed';
    if (call.transport === 'udp') return listed.udp === true ? 'open' : 'closed';
    if (tcp !== undefined && listed.tcp !== true) return 'closed';
    return http ?? (tcp === undefined ? 'closed' : 'open');
  },
  authorise(passages) {
    if (passages.includes('open')) return 'open';
    const matches = passages.flatMap((passage: Passage): readonly RouteMatch[] => (typeof passage === 'string' ? [] : passage));
    return matches.length === 0 ? 'closed' : matches;
  },
};

function unite(some: Ports | undefined, more: Ports): Ports {
  return some === 'all' || more === 'all' ? 'all' : [...(some ?? []), ...more];
}
