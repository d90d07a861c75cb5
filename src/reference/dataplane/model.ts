import type { PodFacts } from '../contract.ts';

/** Who a peer is, as the mesh vouches for it. */
export interface Identity {
  namespace: string;
  serviceAccount: string;
  /** Labels of its pod, as the cluster has them. */
  labels: Readonly<Record<string, string>>;
  /** `spiffe://cluster.local/ns/<namespace>/sa/<account>` */
  spiffe: string;
}

/** The head of an HTTP request. */
export interface RequestHead {
  method: string;
  /** Without the query. */
  path: string;
  /** From the question mark on; absent where there is none. */
  query?: string;
  /** Names in lower case; the values of a header that came more than once are joined with `, `. */
  headers: ReadonlyMap<string, string>;
  /** It came over HTTP/2. */
  http2?: true;
}

/** Where a call to a Service comes from. */
export interface Origin {
  caller: PodFacts;
  /** What the caller dialled: a name of the Service in any form, or its address. */
  host: string;
  /** Absent where no request was read. */
  request?: RequestHead;
}

/** One end of a TrafficTarget. */
export interface Subject {
  kind: string;
  name: string;
  namespace: string;
}

/** A reference from a TrafficTarget to a route object of its own namespace. */
export interface Rule {
  kind: string;
  name: string;
  /** Names of matches of an HTTPRouteGroup; all of them where absent. */
  matches?: readonly string[];
}

/** A TrafficTarget of any version. */
export interface TrafficTarget {
  namespace: string;
  name: string;
  destination: Subject;
  /** `destination.port` of v1alpha1 and v1alpha2. */
  port?: number;
  rules: readonly Rule[];
  sources: readonly Subject[];
}

/** Pods by what they are. Its schemes are alternatives. */
export interface IdentityBinding {
  namespace: string;
  name: string;
  matchLabels?: Readonly<Record<string, string>>;
  serviceAccount?: string;
  spiffeIdentities: readonly string[];
}

/** One match of an HTTPRouteGroup. What is absent holds for every request. */
export interface RouteMatch {
  name: string;
  pathRegex?: string;
  methods?: readonly string[];
  /** Header name in lower case, regular expression. */
  headers: readonly (readonly [string, string])[];
}

/** A route object of any kind and version. */
export type Route =
  | { kind: 'HTTPRouteGroup'; namespace: string; name: string; matches: readonly RouteMatch[] }
  | { kind: 'TCPRoute' | 'UDPRoute'; namespace: string; name: string; ports: Ports };

/** Ports that a route admits. */
export type Ports = 'all' | readonly number[];

/** A TrafficSplit of any version. */
export interface TrafficSplit {
  namespace: string;
  name: string;
  /** The root service, in the same namespace. */
  service: string;
  backends: readonly { service: string; weight: number }[];
  /** Names of HTTPRouteGroups that say which requests are split; all of them where absent. */
  matches?: readonly string[];
}

export interface Service {
  namespace: string;
  name: string;
  /** Absent for headless Services. */
  clusterIP?: string;
  type: string;
  selector: Readonly<Record<string, string>>;
  ports: readonly ServicePort[];
}

export interface ServicePort {
  name: string;
  port: number;
  targetPort: number | string;
  transport: Transport;
  /** What the Service declares to be spoken there: by `appProtocol`, else by the prefix of the port's name. */
  speaks: 'http' | 'tcp' | undefined;
}

export type Transport = 'tcp' | 'udp';

/** What the rules of a TrafficTarget restrict, by layer. One is absent where no rule speaks of it; a rule whose route is missing speaks of it and admits nothing. */
export interface Layers {
  tcp?: Ports;
  udp?: Ports;
  http?: readonly RouteMatch[];
}

/** What one TrafficTarget gives, its references followed: to whom, at which destination, by which layers. */
export interface Grant extends Layers {
  destination: Subject;
  sources: readonly Subject[];
  port?: number;
}

/** What a grant lets through at one port: nothing, any bytes, or the requests that one of the matches takes. */
export type Passage = 'closed' | 'open' | readonly RouteMatch[];

/** A Service with its relative part of a split's traffic. */
export interface Share {
  service: string;
  weight: number;
}

/** How a request does by one match. A condition that the match does not have holds. */
export interface MatchOutcome {
  path: boolean;
  method: boolean;
  headers: boolean;
}

/** A pod as the API server has it. */
export interface Pod {
  namespace: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  /** It is ready and not on its way out. */
  ready: boolean;
  /** Numbers of its container ports, by name. */
  portNames: Readonly<Record<string, number>>;
}
