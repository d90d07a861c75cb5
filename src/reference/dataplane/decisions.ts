import type { PodFacts, StoreView } from '../contract.ts';
import type { MetricsDecisions } from '../metrics/decisions.ts';
import type { StoreDecisions } from '../store/admission.ts';
import type { Grant, Identity, IdentityBinding, Layers, MatchOutcome, Origin, Passage, Pod, Ports, RequestHead, Route, RouteMatch, Rule, Service, ServicePort, Share, Subject, TrafficSplit, TrafficTarget, Transport } from './model.ts';

/**
 * Every judgement of the reference mesh, one function each, over plain values. `createDataPlane` puts them together and holds what they
 * find; a fault replaces one of them. None calls another: what a function needs to know comes in as an argument.
 */
export interface Decisions extends IdentityDecisions, AccessDecisions, RouteDecisions, SplitDecisions, EndpointDecisions {
  /** What the API server makes of SMI objects. */
  store: StoreDecisions;
  /** What is said of the traffic. */
  metrics: MetricsDecisions;
  /** The store as the data plane sees it: what it learns of, and when. */
  view(store: StoreView): StoreView;
}

export interface IdentityDecisions {
  /** Whether a pod gets side proxies. */
  joins(pod: PodFacts): boolean;
  /** Who calls, of the pod that owns the connection's source port; undefined for one that the mesh does not know. The request is there where one was read. */
  identify(caller: PodFacts, request?: RequestHead): Identity | undefined;
  /** Whether a subject of a TrafficTarget means a peer; `binding` is the IdentityBinding that it refers to, if it does and there is one. */
  names(subject: Subject, peer: Identity, end: 'destination' | 'source', binding: IdentityBinding | undefined): boolean;
}

export interface AccessDecisions {
  /** What TrafficTargets give, in the order of their creation. `layers` follows the references of one. */
  grants(targets: readonly TrafficTarget[], layers: (target: TrafficTarget) => Layers): readonly Grant[];
  /** What the rules of one target come to, layer by layer. A rule whose route is not there has none; the matches of a group are those that the rule refers to. */
  layers(rules: readonly { rule: Rule; route: Route | undefined }[]): Layers;
  /** The matches of a group that a rule refers to. */
  matchesOf(rule: Rule, matches: readonly RouteMatch[]): readonly RouteMatch[];
  portListed(ports: Ports, port: number): boolean;
  /** What one grant lets through, of callers that it names, at a port of a destination that it names. `listed` says of each layer of ports that it has whether the port is in it. */
  passage(grant: Grant, call: Call, listed: { tcp?: boolean; udp?: boolean }): Passage;
  /** What all grants that name the destination and the caller let through together; the caller is undefined where the mesh does not know it. */
  authorise(passages: readonly Passage[], call: Call, caller: Identity | undefined): Passage;
}

/** A call as the destination's side proxy sees it; the port is the one that the pod listens at. */
export interface Call {
  transport: Transport;
  port: number;
  /** The pod was called by its address, not through a Service. */
  direct?: true;
  /** A request over HTTP/2. */
  http2?: true;
}

export interface RouteDecisions {
  /** The route object that a reference means, of all route objects. */
  findRoute(routes: readonly Route[], reference: { kind: string; namespace: string; name: string }): Route | undefined;
  /** What of a request a path expression is asked about. */
  pathAsked(request: RequestHead): string;
  /** Whether a path is taken by a regular expression; compiled once per match. */
  pathMatcher(pathRegex: string): (path: string) => boolean;
  headerMatcher(regex: string): (value: string) => boolean;
  methodListed(methods: readonly string[], method: string): boolean;
  /** Whether the headers are as a match asks, of the outcome for each that it names. */
  headersHold(outcomes: readonly boolean[]): boolean;
  /** Whether a request is taken, of the outcomes of each match's conditions. */
  matchRoute(outcomes: readonly MatchOutcome[]): boolean;
}

export interface SplitDecisions {
  /** The split that a root is under at the port that was called, of all splits in the order of their creation. */
  splitOf(splits: readonly TrafficSplit[], root: Service, called: ServicePort): TrafficSplit | undefined;
  /** The matches of a split's groups, in the order in which it names them; of a group that is not there, none. */
  segment(groups: readonly (readonly RouteMatch[])[]): readonly RouteMatch[];
  /** Whether a split applies to a call; `taken` is whether these matches take the request, undefined where none was read. */
  applies(split: TrafficSplit, taken: boolean | undefined, origin: Origin): boolean;
  /** What is wrong with a split, in words for its owner, of the ports of its root that its backends lack; nothing where all is well. */
  warnings(split: TrafficSplit, lacking: readonly { backend: string; ports: readonly number[] }[]): readonly string[];
  /** What each backend gets, of those that may take part. A share of the root itself is called as if there were no split. */
  shares(split: TrafficSplit, backends: TrafficSplit['backends']): readonly Share[];
  /** The share that a draw of a caller, uniform in [0, 1), falls to; undefined where there is none to fall to. */
  balance(shares: readonly Share[], draw: number, caller: PodFacts): Share | undefined;
}

export interface EndpointDecisions {
  /** The pods that calls to a Service may be sent to. */
  endpoints(service: Service, pods: readonly Pod[]): readonly Pod[];
  /** The port of a backend, or of the called Service itself, that answers for the port that was called; the name is there where it is known. */
  portOf(service: Service, called: Pick<ServicePort, 'port' | 'transport'> & { name?: string }): ServicePort | undefined;
  /** Where a pod behind a Service is called: number, or name of a container port. */
  targetPort(own: ServicePort, called: ServicePort): number | string;
  /** The index of the pod that a draw, uniform in [0, 1), falls to. */
  choose(count: number, draw: number): number;
}
