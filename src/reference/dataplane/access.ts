import type { AccessDecisions, Call, IdentityDecisions, RouteDecisions } from './decisions.ts';
import type { Grant, Identity, Layers, Passage, Subject, TrafficTarget } from './model.ts';
import type { State } from './state.ts';

/** What TrafficTargets let through from one peer to another; without a caller's identity, what they let through from anyone. */
export type Access = (caller: Identity | undefined, destination: Identity | undefined, call: Call) => Passage;

/** The permissions of one state of the store. */
export function createAccess(state: State, decisions: IdentityDecisions & AccessDecisions & RouteDecisions): Access {
  let grants: readonly Grant[] | undefined;
  const found = new WeakMap<Identity, WeakMap<Identity, Map<string, Passage>>>();

  return (caller, destination, call) => {
    if (caller === undefined || destination === undefined) return decisions.authorise([], call, caller);
    const passages = upsert(upsert(found, destination, () => new WeakMap()), caller, () => new Map<string, Passage>());
    return upsert(passages, `${call.transport}/${call.port}/${call.direct}/${call.http2}`, () => decide(caller, destination, call));
  };

  function decide(caller: Identity, destination: Identity, call: Call): Passage {
    grants ??= decisions.grants(state.targets, layersOf);
    const naming = grants.filter((grant) => means(grant.destination, destination, 'destination') && grant.sources.some((source) => means(source, caller, 'source')));
    return decisions.authorise(naming.map((grant) => decisions.passage(grant, call, {
      ...(grant.tcp !== undefined && { tcp: decisions.portListed(grant.tcp, call.port) }),
      ...(grant.udp !== undefined && { udp: decisions.portListed(grant.udp, call.port) }),
    })), call, caller);
  }

  function means(subject: Subject, peer: Identity, end: 'destination' | 'source'): boolean {
    const binding = subject.kind === 'IdentityBinding'
      ? state.bindings.find(({ namespace, name }) => namespace === subject.namespace && name === subject.name)
      : undefined;
    return decisions.names(subject, peer, end, binding);
  }

  function layersOf({ namespace, rules }: TrafficTarget): Layers {
    return decisions.layers(rules.map((rule) => {
      const route = decisions.findRoute(state.routes, { kind: rule.kind, namespace, name: rule.name });
      return { rule, route: route?.kind === 'HTTPRouteGroup' ? { ...route, matches: decisions.matchesOf(rule, route.matches) } : route };
    }));
  }
}

interface Table<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

function upsert<Key, Value>(table: Table<Key, Value>, key: Key, make: () => Value): Value {
  const known = table.get(key);
  if (known !== undefined) return known;
  const value = make();
  table.set(key, value);
  return value;
}
