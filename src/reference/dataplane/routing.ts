import type { EndpointDecisions, RouteDecisions, SplitDecisions } from './decisions.ts';
import type { Matcher } from './matcher.ts';
import type { Origin, RouteMatch, Service, ServicePort, Share, TrafficSplit } from './model.ts';
import type { State } from './state.ts';

/** A pod, and the port that it listens at. */
export interface Endpoint {
  namespace: string;
  name: string;
  port: number;
  /** The split that chose its Service. */
  split?: { namespace: string; name: string; backend: string };
}

/** Where calls to Services go in one state of the store. Each call is drawn anew; undefined where there is nobody to take it. */
export interface Routing {
  /** Any pod of the Service. */
  plain(service: Service, called: ServicePort): Endpoint | undefined;
  /** The same under the Service's TrafficSplit, if it has one that applies to the call. */
  split(service: Service, called: ServicePort, origin: Origin): Endpoint | undefined;
}

interface Plan {
  split: TrafficSplit;
  matches: readonly RouteMatch[];
  shares: readonly Share[];
}

export function createRouting(state: State, decisions: SplitDecisions & EndpointDecisions & RouteDecisions, takes: Matcher, random: () => number): Routing {
  const endpoints = new Map<Service, Map<ServicePort, readonly Endpoint[]>>();
  const plans = new Map<Service, Map<ServicePort, Plan | undefined>>();

  return {
    plain,
    split(service, called, origin) {
      const { caller, request } = origin;
      const plan = remember(plans, service, called, () => planFor(service, called));
      if (plan === undefined) return plain(service, called);
      const taken = plan.split.matches === undefined || request === undefined ? undefined : takes(plan.matches, request);
      if (!decisions.applies(plan.split, taken, origin)) return plain(service, called);
      const share = decisions.balance(plan.shares, random(), caller);
      const backend = share && state.service(service.namespace, share.service);
      const chosen = backend && plain(backend, called);
      return chosen && { ...chosen, split: { namespace: plan.split.namespace, name: plan.split.name, backend: backend.name } };
    },
  };

  function plain(service: Service, called: ServicePort): Endpoint | undefined {
    const known = remember(endpoints, service, called, () => endpointsOf(service, called));
    return known[decisions.choose(known.length, random())];
  }

  function endpointsOf(service: Service, called: ServicePort): Endpoint[] {
    const own = decisions.portOf(service, called);
    if (own === undefined) return [];
    const target = decisions.targetPort(own, called);
    return decisions.endpoints(service, state.pods).flatMap(({ namespace, name, portNames }) => {
      const port = typeof target === 'number' ? target : portNames[target];
      return port === undefined ? [] : [{ namespace, name, port }];
    });
  }

  function planFor(root: Service, called: ServicePort): Plan | undefined {
    const split = decisions.splitOf(state.splits, root, called);
    if (split === undefined) return undefined;
    // A backend that lacks the port takes no part. One that is not there yet keeps its share, which has nowhere to go.
    const backends = split.backends.filter(({ service }) => {
      const backend = state.service(root.namespace, service);
      return backend === undefined || decisions.portOf(backend, called) !== undefined;
    });
    const groups = (split.matches ?? []).map((name) => decisions.findRoute(state.routes, { kind: 'HTTPRouteGroup', namespace: split.namespace, name }));
    const matches = decisions.segment(groups.map((group) => (group?.kind === 'HTTPRouteGroup' ? group.matches : [])));
    return { split, matches, shares: decisions.shares(split, backends) };
  }
}

function remember<Value>(table: Map<Service, Map<ServicePort, Value>>, service: Service, called: ServicePort, make: () => Value): Value {
  let byPort = table.get(service);
  if (byPort === undefined) table.set(service, (byPort = new Map()));
  if (!byPort.has(called)) byPort.set(called, make());
  return byPort.get(called) as Value;
}
