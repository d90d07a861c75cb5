import type { LesserMeasure, Measure } from './metrics.ts';
import type { Kind, Level, Protocol, SmiKind, Specification, Verdict, Version } from './specification.ts';

/** One assertion of the suite, as its YAML file says it (`assertions/schema/assertion.schema.json`). */
export interface Assertion {
  id: string;
  title: string;
  kind: Kind;
  requirement: Requirement;
  /** The fixture whose lane it leases; `none` for assertions that only ask the API server. */
  fixture: string;
  /** Assertions that must have passed in the same run for the verdict to count. */
  gates: string[];
  /** Runs alone: it changes something that other lanes would feel. */
  exclusive?: boolean;
  /** What a mesh that ignores the resources, or gets them wrong in the likeliest way, would show. */
  ignoring: string;
  /** Parts of a specification that the assertion is about: kinds beyond those that its steps write, and what a mesh may lack of a kind, such as `TrafficSplit.matches`. Not offered means `skip`. */
  needs?: string[];
  steps: Step[];
}

export interface Requirement {
  specification: Specification;
  /** The API versions of the specification in which it holds. */
  versions: Version[];
  level: Level;
  /** Versions in which the text backs it less or more. */
  levels?: Partial<Record<Version, Level>>;
  /** Where it is written: specification, version, section. */
  source: string;
  /** The requirement in our own words. */
  text: string;
}

/** A step has exactly one verb. */
export type Step = Verb & {
  /** Parts of a specification, as in `needs`: where one of them is not offered, the step is left out. The plan does it; what runs has no such steps. */
  whereOffered?: string[];
};

export type Verb =
  | { apply: Resource[] }
  | { patch: PatchOf }
  | { delete: Named[] }
  | { try: Resource[] }
  | { rejected: Resource[]; otherwise?: Instead }
  | { eventually: Expectation; otherwise?: Otherwise }
  | { always: Expectation; otherwise?: Otherwise }
  | { throughout: Expectation }
  | { sample: Sample }
  | { record: Recorded[] }
  | { start: string[] }
  | { restart: string[] }
  | { scale: Scaled[] }
  | { hold: Held }
  | { release: string }
  | { measure: Measure; otherwise?: LesserMeasure }
  | { observe: Observation };

/** A resource in the newest form of its kind; the namespace is the fixture's name for one, its first where absent. */
export interface Resource {
  kind: SmiKind;
  name: string;
  namespace?: string;
  spec: Record<string, unknown>;
}

export interface Named {
  kind: SmiKind;
  name: string;
  namespace?: string;
}

/** A JSON merge patch (RFC 7396) on the newest form of an object that an earlier step applied. */
export interface PatchOf extends Named {
  spec: Record<string, unknown>;
}

/** One kind of traffic: from a workload of the fixture to a Service of it. */
export interface Traffic {
  from: string;
  to: string;
  protocol?: Protocol;
  /** Port of the Service; the first of that protocol where absent. */
  port?: number;
  /** By what it is called: the mesh's name for the Service where absent. */
  via?: Via;
  method?: string;
  path?: string;
  /** A list of values sends the header once for each, in their order. */
  headers?: Record<string, string | string[]>;
  /** A workload: the headers by which proxies tell each other who called name it. */
  posingAs?: string;
}

/** Ways to call a Service: the address of one of its pods, its own address, or one of the names that the cluster's DNS gives it. */
export const vias = ['pod', 'clusterIP', 'short', 'namespaced', 'svc', 'fqdn'] as const;
export type Via = (typeof vias)[number];

/** Traffic of which only what was seen counts. */
export interface Recorded extends Traffic {
  attempts: number;
  /** All attempts go over one connection, one after the other. */
  connection?: 'kept';
}

/** Traffic that goes on over one connection, beside the steps that follow, until it is released by its name. */
export interface Held extends Traffic {
  as: string;
  /** Each attempt takes a connection of its own instead. */
  connection?: 'fresh';
}

/** How many pods a workload of the fixture is to have. */
export interface Scaled {
  workload: string;
  replicas: number;
}

/** Traffic, and which backends must be the ones that answer it: each of them at least once, no other, no error. */
export interface AnsweredTraffic extends Traffic {
  by: string[];
  attempts: number;
  /** Attempts may also be refused: only who answers counts. */
  mayRefuse?: true;
}

/** What has to be so of traffic. At least one list. */
export interface Expectation {
  /** Each attempt is answered by the application. */
  allowed?: Traffic[];
  /** No attempt is answered by the application, and none reaches it. */
  denied?: Traffic[];
  answered?: AnsweredTraffic[];
}

/** A documented lesser behaviour: where the expectation does not come true and this one holds, the verdict is this one. */
export interface Otherwise extends Expectation {
  verdict: Extract<Verdict, 'partial' | 'skip' | 'info'>;
  reason: string;
}

/** What excuses objects that were stored though they should have been refused: they are, and the traffic, where there is any, is as it says. */
export interface Instead extends Expectation {
  verdict: Otherwise['verdict'];
  reason: string;
}

/** A distribution over backends, measured by `attempts` fresh connections. */
export interface Sample extends Traffic {
  attempts: number;
  /** Relative weights by workload; one with weight 0, or not named, must never answer. */
  shares: Record<string, number>;
  /** Ports of the application at which a workload's answers must have arrived, where the Service maps it. */
  ports?: Record<string, number>;
  /** The relative weight of attempts that are refused. */
  refused?: number;
}

export type Observation =
  /** The definition is established, namespaced, and serves every claimed version. */
  | { definition: SmiKind }
  /** The stored object equals the one that was written, over the fields that the version defines. */
  | { stored: Named }
  /** The object reads with the same meaning in every other version that the cluster serves of its kind. */
  | { everyVersion: Named }
  /** An Event of type Warning regards the object. */
  | { warned: Named }
  /** The object is gone. */
  | { absent: Named }
  /** Every pod of the fixture is ready, answers, and has joined the mesh. */
  | { ready: 'fixture' };
