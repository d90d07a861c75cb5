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
  /** Parts of a specification, beyond the kinds that its steps write, that the assertion is about: `TrafficSplit.matches`. Not offered means `skip`. */
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
  | { rejected: Resource[] }
  | { eventually: Expectation; otherwise?: Otherwise }
  | { always: Expectation; otherwise?: Otherwise }
  | { sample: Sample }
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
  method?: string;
  path?: string;
  headers?: Record<string, string>;
}

/** Traffic, and which backends must be the ones that answer it: each of them at least once, no other, no error. */
export interface AnsweredTraffic extends Traffic {
  by: string[];
  attempts: number;
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

/** A distribution over backends, measured by `attempts` fresh connections. */
export interface Sample extends Traffic {
  attempts: number;
  /** Relative weights by workload; one with weight 0, or not named, must never answer. */
  shares: Record<string, number>;
  /** Ports of the application at which a workload's answers must have arrived, where the Service maps it. */
  ports?: Record<string, number>;
}

export type Observation =
  /** The definition is established, namespaced, and serves every claimed version. */
  | { definition: SmiKind }
  /** The stored object equals the one that was written, over the fields that the version defines. */
  | { stored: Named }
  /** The object is gone. */
  | { absent: Named }
  /** Every pod of the fixture is ready, answers, and has joined the mesh. */
  | { ready: 'fixture' };
