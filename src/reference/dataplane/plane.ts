import type { PodFacts, StoreView } from '../contract.ts';
import { createAccess } from './access.ts';
import type { Access } from './access.ts';
import type { Call, Decisions } from './decisions.ts';
import { createMatcher } from './matcher.ts';
import type { Origin, Passage, RequestHead, RouteMatch, Service, ServicePort, Transport } from './model.ts';
import { createRouting } from './routing.ts';
import type { Endpoint, Routing } from './routing.ts';
import { createStateReader } from './state.ts';
import type { State } from './state.ts';

/** What side proxies ask. Every answer is of the store as it is now. */
export interface DataPlane {
  joins(pod: PodFacts): boolean;
  service(namespace: string, name: string): Service | undefined;
  serviceAt(address: string): Service | undefined;
  portOf(service: Service, port: number, transport: Transport): ServicePort | undefined;
  /** A pod to send one call to a Service to, as Kubernetes does it. */
  plain(service: Service, called: ServicePort): Endpoint | undefined;
  /** A pod to send one call or request to a Service to, as the caller's side proxy does it. */
  route(service: Service, called: ServicePort, origin: Origin): Endpoint | undefined;
  /** What the destination's side proxy lets through of a caller. */
  passage(caller: PodFacts, destination: PodFacts, call: Call, request?: RequestHead): Passage;
  /** Whether one of the matches takes a request. */
  takes(matches: readonly RouteMatch[], request: RequestHead): boolean;
  /** Stops following the store. */
  close(): void;
}

interface Current {
  state: State;
  access: Access;
  routing: Routing;
}

/** The judgements, put together over a store that is followed. What a change makes invalid is found again when it is next asked for. */
export function createDataPlane(store: StoreView, decisions: Decisions, random: () => number = Math.random): DataPlane {
  const view = decisions.view(store);
  const read = createStateReader(view);
  const takes = createMatcher(decisions);
  let current: Current | undefined;
  const close = view.onChange(() => {
    current = undefined;
  });
  const now = (): Current => (current ??= make(read()));

  function make(state: State): Current {
    return { state, access: createAccess(state, decisions), routing: createRouting(state, decisions, takes, random) };
  }

  return {
    joins: (pod) => decisions.joins(pod),
    service: (namespace, name) => now().state.service(namespace, name),
    serviceAt: (address) => now().state.serviceAt(address),
    portOf: (service, port, transport) => decisions.portOf(service, { port, transport }),
    plain: (service, called) => now().routing.plain(service, called),
    route: (service, called, origin) => now().routing.split(service, called, origin),
    passage: (caller, destination, call, request) => now().access(decisions.identify(caller, request), decisions.identify(destination), call),
    takes,
    close,
  };
}
