import type { Edge, ListedResource, Resource, TrafficMetrics, TrafficMetricsList } from './model.ts';
import type { Exchange } from './traffic.ts';

/** How numbers come to be: a request as it counts. */
export interface Numbers {
  successes: number;
  failures: number;
  /** In milliseconds, ascending. */
  latencies: readonly number[];
}

/** Every judgement of the metrics API, one function each. A wrong behaviour replaces one of them. */
export interface MetricsDecisions {
  /** Whether the API server says that the API is available. */
  available(): boolean;
  /** What discovery lists, of everything that there is. */
  lists(resources: readonly ListedResource[]): readonly ListedResource[];
  /** The requests that count, of those that were kept; `now` is the clock. */
  counted(exchanges: readonly Exchange[], now: number): readonly Exchange[];
  succeeded(exchange: Exchange): boolean;
  /** The latency below which a part of the requests stayed; `sorted` is never empty. */
  percentile(sorted: readonly number[], part: number): number;
  /** What a resource is about: pods of it, in their order. */
  members(pods: readonly string[], resource: Resource): readonly string[];
  /** The requests that a resource's own numbers are of, of all that count; `isMine` tells its pods. */
  own(exchanges: readonly Exchange[], isMine: (pod: string) => boolean, resource: Resource): readonly Exchange[];
  /** The requests of the edge to or from another resource, of those that the resource took part in. */
  between(exchanges: readonly Exchange[], isMine: (pod: string) => boolean, isPeer: (pod: string) => boolean, direction: Edge['direction']): readonly Exchange[];
  /** The edges of a resource that are listed, of those to and from every other resource of its kind; `exchanged` says whether any request ran on it. */
  edges<Candidate extends { exchanged: boolean }>(candidates: readonly Candidate[]): readonly Candidate[];
  /** Of a TrafficSplit's requests, or of all that its root's pods took, those that fell to one backend; `isBackend` tells that backend's pods. */
  ofBackend(exchanges: readonly Exchange[], split: { namespace: string; name: string }, backend: string, isBackend: (pod: string) => boolean): readonly Exchange[];
  /** What a label selector leaves of a list. */
  selected(resources: readonly Resource[], labels: Readonly<Record<string, string>>): readonly Resource[];
  /** What a list holds, of the resources that were selected; `namespace` is absent where all were asked for. */
  held(resources: readonly Resource[], namespace: string | undefined): readonly Resource[];
  /** One answer as it is given. */
  told(metrics: TrafficMetrics, numbers: Numbers): TrafficMetrics;
  /** One list as it is given. */
  listed(list: TrafficMetricsList): TrafficMetricsList;
  /** Whether there are edges to ask for. */
  hasEdges(): boolean;
  /** The time of an answer; `now` is the clock. */
  stamp(now: number): number;
  /** What a resource that is not there is answered with: nothing, or a status. */
  missing(): 404 | 500 | 'empty';
  /** Whether an account may get a resource, of what it was permitted to get: `pods`, `pods/edges`. */
  permits(permitted: readonly string[], asked: string): boolean;
}

/** The window of the reference mesh, in milliseconds. */
export const windowMs = 1_000;

/** As the specification has it. */
export const metricsDecisions: MetricsDecisions = {
  available: () => true,
  lists: (resources) => resources,
  counted: (exchanges, now) => exchanges.filter(({ at }) => at > now - windowMs),
  // The text does not say what success is. What the server itself calls its own failure is none.
  succeeded: ({ status }) => status < 500,
  percentile: (sorted, part) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? 0,
  members: (pods) => pods,
  own: (exchanges, isMine) => exchanges.filter(({ destination }) => isMine(podKey(destination))),
  between: (exchanges, isMine, isPeer, direction) => exchanges.filter(({ caller, destination }) => {
    const [mine, peer] = direction === 'to' ? [caller, destination] : [destination, caller];
    return isMine(podKey(mine)) && isPeer(podKey(peer));
  }),
  edges: (candidates) => candidates.filter(({ exchanged }) => exchanged),
  ofBackend: (exchanges, split, backend) => exchanges.filter((exchange) => exchange.split?.namespace === split.namespace && exchange.split.name === split.name && exchange.split.backend === backend),
  selected: (resources, wanted) => resources.filter(({ labels }) => Object.entries(wanted).every(([key, value]) => labels[key] === value)),
  held: (resources) => resources,
  told: (metrics) => metrics,
  listed: (list) => list,
  hasEdges: () => true,
  stamp: (now) => now,
  missing: () => 404,
  permits: (permitted, asked) => permitted.includes(asked),
};

/** Tells pods apart. */
export function podKey({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}
