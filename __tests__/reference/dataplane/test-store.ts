import type { KubeObject } from '../../../src/cluster/port.ts';
import type { StoreView } from '../../../src/reference/contract.ts';

/** A store of plain objects that its user writes to. */
export interface TestStore extends StoreView {
  put(...objects: KubeObject[]): void;
  remove(kind: string, name: string, namespace?: string): void;
  listeners(): number;
}

export function createTestStore(...objects: KubeObject[]): TestStore {
  const held = new Map<string, KubeObject>();
  const listeners = new Set<Parameters<StoreView['onChange']>[0]>();
  const keyOf = (kind: string, namespace: string | undefined, name: string): string => `${kind}/${namespace ?? ''}/${name}`;
  const store: TestStore = {
    list: (kind, namespace) => [...held.values()].filter((object) => object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace)),
    get: (kind, namespace, name) => held.get(keyOf(kind, namespace, name)),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    put(...more) {
      for (const object of more) {
        const key = keyOf(object.kind, object.metadata.namespace, object.metadata.name);
        const type = held.has(key) ? 'changed' : 'added';
        held.set(key, object);
        for (const listener of listeners) listener({ type, object });
      }
    },
    remove(kind, name, namespace = 'ns') {
      const object = held.get(keyOf(kind, namespace, name)) ?? held.get(keyOf(kind, undefined, name));
      if (object === undefined) throw new Error(`no ${kind} ${namespace}/${name}`);
      held.delete(keyOf(kind, object.metadata.namespace, name));
      for (const listener of listeners) listener({ type: 'removed', object });
    },
    listeners: () => listeners.size,
  };
  store.put(...objects);
  return store;
}

export function object(apiVersion: string, kind: string, name: string, fields: Record<string, unknown>, namespace = 'ns'): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace }, ...fields };
}

export function httpRouteGroup(name: string, ...matches: Record<string, unknown>[]): KubeObject {
  return object('specs.smi-spec.io/v1alpha4', 'HTTPRouteGroup', name, { spec: { matches } });
}

export function tcpRoute(name: string, ...ports: number[]): KubeObject {
  return object('specs.smi-spec.io/v1alpha4', 'TCPRoute', name, { spec: { matches: { ports } } });
}

export function udpRoute(name: string, ...ports: number[]): KubeObject {
  return object('specs.smi-spec.io/v1alpha4', 'UDPRoute', name, { spec: { matches: { ports } } });
}

const account = (name: string): object => ({ kind: 'ServiceAccount', name, namespace: 'ns' });

/** Rules are written `Kind/name` or `Kind/name/match,match`. */
export function trafficTarget(name: string, { destination = 'srv', sources = ['alice'], rules = ['HTTPRouteGroup/all'] }: { destination?: string; sources?: string[]; rules?: string[] } = {}): KubeObject {
  return object('access.smi-spec.io/v1alpha3', 'TrafficTarget', name, {
    spec: {
      destination: account(destination),
      rules: rules.map((rule) => {
        const [kind, route, matches] = rule.split('/');
        return { kind, name: route, ...(matches !== undefined && { matches: matches.split(',') }) };
      }),
      sources: sources.map(account),
    },
  });
}

export function trafficSplit(weights: Record<string, number>, matches?: string[], root = 'web'): KubeObject {
  return object('split.smi-spec.io/v1alpha4', 'TrafficSplit', root, {
    spec: {
      service: root,
      backends: Object.entries(weights).map(([service, weight]) => ({ service, weight })),
      ...(matches !== undefined && { matches: matches.map((name) => ({ kind: 'HTTPRouteGroup', name })) }),
    },
  });
}

export function service(name: string, selector: Record<string, string>, ports: Record<string, unknown>[], more: Record<string, unknown> = {}): KubeObject {
  return object('v1', 'Service', name, { spec: { selector, ports, ...more } });
}

export function pod(name: string, labels: Record<string, string>, { ready = true, ports = [] as { name: string; containerPort: number }[] } = {}): KubeObject {
  return {
    ...object('v1', 'Pod', name, { spec: { containers: [{ name: 'app', ports }] }, status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] } }),
    metadata: { name, namespace: 'ns', labels },
  };
}

export const everything = httpRouteGroup('all', { name: 'all', pathRegex: '.*', methods: ['*'] });
