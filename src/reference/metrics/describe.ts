import type { StoreView } from '../contract.ts';
import { decodeTrafficSplit } from '../dataplane/decode/index.ts';
import { podKey, windowMs, type MetricsDecisions, type Numbers } from './decisions.ts';
import type { Edge, Metric, Reference, Resource, TrafficMetrics, TrafficMetricsList } from './model.ts';
import { isSelected, podsOf, resourcesOf } from './resources.ts';
import type { Exchange, TrafficLog } from './traffic.ts';

export const apiVersion = 'metrics.smi-spec.io/v1alpha1';

/** Says of resources what the traffic of the last window was. */
export interface Describer {
  /** All that a resource received. */
  resource(resource: Resource): TrafficMetrics | TrafficMetricsList;
  /** Its traffic with each other resource of its kind. */
  edges(resource: Resource): TrafficMetricsList;
}

export function createDescriber(store: StoreView, log: TrafficLog, decisions: MetricsDecisions): Describer {
  const now = log.now();
  const exchanges = decisions.counted(log.recent(), now);
  const memberOf = (resource: Resource): ((pod: string) => boolean) => {
    const members = new Set(decisions.members(podsOf(store, resource), resource));
    return (pod) => members.has(pod);
  };

  return {
    resource(resource) {
      if (resource.resource === 'trafficsplits') return splitOf(resource);
      return describe(referenceTo(resource), { direction: 'from', side: 'server', resource: {} }, decisions.own(exchanges.filter(reachedMesh), memberOf(resource), resource));
    },
    edges(resource) {
      const isMine = memberOf(resource);
      // Between resources of one kind: a Deployment's edges are to Deployments.
      const peers = resource.resource === 'trafficsplits' ? [] : resourcesOf(store, resource.resource);
      const candidates = peers.flatMap((peer) => (['to', 'from'] as const).map((direction) => {
        const isPeer = memberOf(peer);
        const taken = exchanges.filter(direction === 'to' ? leftMesh : reachedMesh);
        const ran = taken.some(({ caller, destination }) => {
          const [mine, other] = direction === 'to' ? [caller, destination] : [destination, caller];
          return isMine(podKey(mine)) && isPeer(podKey(other));
        });
        return { peer, direction, exchanged: ran, numbers: () => decisions.between(taken, isMine, isPeer, direction) };
      }));
      const items = decisions.edges(candidates).map(({ peer, direction, numbers }) =>
        describe(referenceTo(resource), { direction, side: direction === 'to' ? 'client' : 'server', resource: referenceTo(peer) }, numbers()));
      return { apiVersion, kind: 'TrafficMetricsList', resource: referenceTo(resource), items };
    },
  };

  /** One item for each backend: what callers sent to the root, by where it went. */
  function splitOf(resource: Resource): TrafficMetricsList {
    const object = store.get('TrafficSplit', resource.namespace, resource.name);
    const split = object === undefined ? undefined : decodeTrafficSplit(object);
    const pods = store.list('Pod', resource.namespace);
    const items = (split?.backends ?? []).map(({ service, weight }) => {
      const backend = store.get('Service', resource.namespace, service);
      const behind = new Set(pods.filter((pod) => isSelected(backend, pod)).map(({ metadata }) => podKey({ namespace: metadata.namespace ?? '', name: metadata.name })));
      const taken = decisions.ofBackend(exchanges.filter(leftMesh), { namespace: resource.namespace ?? '', name: resource.name }, service, (pod) => behind.has(pod));
      return describe(referenceTo(resource), { direction: 'from', side: 'client', resource: {} }, taken, { apex: split?.service ?? '', name: service, weight });
    });
    return { apiVersion, kind: 'TrafficMetricsList', resource: referenceTo(resource), items };
  }

  function describe(resource: Reference, edge: Edge, taken: readonly Exchange[], backend?: TrafficMetrics['backend']): TrafficMetrics {
    const numbers = numbersOf(taken);
    const metrics: TrafficMetrics = {
      apiVersion, kind: 'TrafficMetrics', resource, edge, ...(backend === undefined ? {} : { backend }),
      timestamp: new Date(decisions.stamp(now)).toISOString(), window: `${windowMs / 1000}s`, metrics: metricsOf(numbers),
    };
    return decisions.told(metrics, numbers);
  }

  function numbersOf(taken: readonly Exchange[]): Numbers {
    const successes = taken.filter((exchange) => decisions.succeeded(exchange)).length;
    return { successes, failures: taken.length - successes, latencies: taken.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b) };
  }

  function metricsOf({ successes, failures, latencies }: Numbers): Metric[] {
    const latency = (part: number): string => (latencies.length === 0 ? '0' : `${Math.max(1, Math.round(decisions.percentile(latencies, part)))}m`);
    return [
      ...[50, 90, 99].map((percent) => ({ name: `p${percent}_response_latency`, unit: 'seconds', value: latency(percent / 100) })),
      { name: 'success_count', value: String(successes) },
      { name: 'failure_count', value: String(failures) },
    ];
  }
}

/** The side proxy of the destination saw it. */
function reachedMesh({ destination }: Exchange): boolean {
  return destination.meshed;
}

/** The side proxy of the caller saw it. */
function leftMesh({ caller }: Exchange): boolean {
  return caller.meshed;
}

function referenceTo({ kind, namespace, name }: Resource): Reference {
  return { kind, ...(namespace === undefined ? {} : { namespace }), name };
}
