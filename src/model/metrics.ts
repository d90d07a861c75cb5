/** The resources whose metrics the specification names, as the API calls them, with their kinds. */
export const metricKinds = {
  namespaces: 'Namespace', nodes: 'Node', pods: 'Pod', replicationcontrollers: 'ReplicationController', services: 'Service', daemonsets: 'DaemonSet',
  deployments: 'Deployment', replicasets: 'ReplicaSet', statefulsets: 'StatefulSet', jobs: 'Job', trafficsplits: 'TrafficSplit',
} as const;
export type MetricResource = keyof typeof metricKinds;

/** Resources that live in no namespace. */
export const clusterScoped: readonly MetricResource[] = ['namespaces', 'nodes'];

/** The five metrics that every answer must have. */
export const metricNames = ['p50_response_latency', 'p90_response_latency', 'p99_response_latency', 'success_count', 'failure_count'] as const;

export function isMetricResource(name: string): name is MetricResource {
  return Object.hasOwn(metricKinds, name);
}

/** What of a metrics API is read: exactly one of `api`, `get`, `list` and `edges`. */
export interface Reading {
  /** What the API server says of the API: its registration, or the resources that it lists. */
  api?: 'service' | 'resources';
  /** One resource, as `deployments/back`: a workload, a Service, a namespace or a TrafficSplit by its own name; a pod, and a node, by the workload of which it is a pod, or on which one runs. */
  get?: string;
  /** All resources of a kind in the namespace. */
  list?: string;
  /** The edges of one resource. */
  edges?: string;
  /** The fixture's name for a namespace; its first where absent. */
  namespace?: string;
  /** In all namespaces; with `list`. */
  everywhere?: true;
  labels?: Record<string, string>;
  /** Read by an account that may get just these resources of the metrics API, subresources by themselves: `pods`, `pods/edges`. */
  as?: string[];
}

/** Which items of a list, or of the edges of a resource, are meant; all that fit. */
export interface Selection {
  /** The item about this resource, as in `get`. */
  item?: string;
  direction?: 'to' | 'from';
  /** The other end of the edge, as in `get`. */
  peer?: string;
  /** The backend of a TrafficSplit. */
  backend?: string;
}

/** What an answer has to show. Exactly one claim beside `of`. Numbers of several items are added up. */
export type Shown = { of?: Selection } & Claim;

type Claim =
  /** The HTTP status, as a number or as a class; with a body that is JSON. */
  | { status: number | '4xx' | '5xx' }
  /** The API is registered, and available. */
  | { available: true }
  /** These resources are listed, each of the kind TrafficMetrics and with the verbs get and list. */
  | { lists: string[] }
  /** Namespaces and nodes are listed as cluster-scoped, all else as namespaced. */
  | { scoped: true }
  /** Every part that a TrafficMetrics must have is there, and it is about the resource that was asked for. */
  | { whole: true }
  /** A list, about the resource or the kind that was asked for. */
  | { list: true }
  /** Each of the five metrics is there exactly once. */
  | { metrics: 'once' }
  /** The time is that of the reading, goes on from one reading to the next, and the window is above nothing. */
  | { current: true }
  /** Requests are counted, or none are and the resource may be missing. */
  | { traffic: 'some' | 'none' }
  /** As many requests as these loads had answered within the window, as a part of that number more or less. */
  | { count: 'success' | 'failure' | 'total'; like: string[]; within: number }
  /** The part of the requests that failed, from and to. */
  | { failing: [number, number] }
  /** The percentiles rise, and each is a number of at least 0. */
  | { ordered: true }
  /** Percentiles in milliseconds, from and below. */
  | { latency: Partial<Record<'p50' | 'p90' | 'p99', [number, number]>> }
  /** The unit of the percentiles. */
  | { unit: string[] }
  /** The edge of each item. `nobody`: its resource is empty. `absent`: there is no side. */
  | { edge: { direction?: 'to' | 'from'; side?: 'client' | 'server' | 'absent'; resource?: 'nobody' } }
  /** The resources that a list is about: each of these once, and with `only` no others. A workload's pods, where pods are listed. */
  | { items: string[]; only?: true }
  /** No edge names one of these. */
  | { without: string[] }
  /** The selector is in the answer. */
  | { selector: Record<string, string> }
  /** As many requests as another reading shows, as a part of that number more or less. */
  | { sameAs: Reading; where?: Selection; within: number }
  /** One item for each backend, by weight, each naming the root. */
  | { backends: Record<string, number>; root: string }
  /** Requests are shared out as these weights say, by a binomial interval that is widened by five parts of a hundred. */
  | { shares: Record<string, number> }
  /** These loads were sent at the rate that they say, as a part of it more or less. */
  | { sent: string[]; within: number }
  /** Nothing: it is there to be read. */
  | { noted: true };

/** A look at metrics while known traffic goes on. */
export interface Measure {
  /** Loads of the fixture that are under way, and have been for as long as metrics take to show it. */
  load?: string[];
  /** Loads of the fixture that are ended first; what the metrics then show is awaited. */
  ended?: string[];
  /** Absent where only the loads themselves are looked at. */
  read?: Reading;
  shows: Shown[];
}

/** A documented lesser behaviour: where the answer does not show what it should, and shows this. */
export interface LesserMeasure {
  verdict: 'partial' | 'skip' | 'info';
  reason: string;
  shows: Shown[];
}

/** Known traffic of a fixture, sent at an even rate over fresh connections for as long as a lane is there, from the first step that asks for it. */
export interface Load {
  name: string;
  /** The calling workload. */
  from: string;
  /** The Service that is called. */
  to: string;
  protocol?: 'http' | 'tcp';
  /** How many in the window of the timing profile, times its density. */
  perWindow: number;
  /** Every so many are answered 500. */
  failEvery?: number;
  /** Milliseconds that the application takes. */
  delayMs?: number;
  /** Of so many requests, so many take this long instead. */
  slow?: { of: number; count: number; ms: number };
}

/** What became of one claim. */
export interface ShownResult {
  holds: boolean;
  expected: string;
  seen: string;
}

/** Every reference that claims make. */
export function referencesIn(shows: readonly Shown[]): string[] {
  const ofSelection = ({ item, peer }: Selection = {}): string[] => [item, peer].filter((one) => one !== undefined);
  return shows.flatMap((shown) => [
    ...ofSelection(shown.of),
    ...('items' in shown ? shown.items : []),
    ...('without' in shown ? shown.without : []),
    ...('where' in shown ? ofSelection(shown.where) : []),
  ]);
}
