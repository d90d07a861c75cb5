import type { StepObservation } from './observation.ts';
import type { Kind, Level, Specification, Verdict, Version } from './specification.ts';

export const reportSchema = 'https://smi-conformance.github.io/schema/report-v1.json';

/** `report.json`. Derived figures (summary, specifications, result) can be recomputed from `assertions` and `offered`. */
export interface Report {
  $schema: typeof reportSchema;
  schemaVersion: 1;
  run: RunFacts;
  suite: SuiteFacts;
  mesh: MeshFacts;
  kubernetes: { version: string; cluster: 'kubernetes' | 'embedded' };
  served: { group: string; version: string; kinds: string[] }[];
  /** Where metrics came from, in runs that read any. */
  metricsSource?: string;
  /** Claimed ∩ served, by specification. */
  offered: Partial<Record<Specification, Offer>>;
  timing: TimingProfile;
  /** Everything that was planned is here exactly once, nothing was filtered out, nothing is an `error`. */
  complete: boolean;
  incompleteBecause: string[];
  /** Incomplete runs have no compliance, so none of a mesh. */
  result: 'passed' | 'failed' | 'incomplete';
  failOn: FailOn[];
  /** Of the suite: no figure but `added` counts what was added to it. */
  summary: Summary;
  specifications: SpecificationResult[];
  statistics: Statistics;
  /** The results of assertions that were added to the suite. */
  added?: Summary;
  phases: { name: string; durationMs: number }[];
  warnings: string[];
  assertions: AssertionResult[];
}

export interface RunFacts {
  id: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  durationMs: number;
  /** The filters in force; empty when the whole suite ran. */
  only: string[];
  skip: string[];
  concurrency: number;
  fault?: string;
  /** Image of the application that answered in the probe's place where it was enough: in the lanes of fixtures whose names end in `-app`. */
  application?: string;
  /** The part of the plan that ran; absent where all of it did. */
  shard?: ShardFacts;
  /** The runs of the parts that this report was merged from. Times of their results count from the beginning of each. */
  shards?: { index: number; id: string; startedAt: string; durationMs: number }[];
  /** Name and version of this program. */
  tool: string;
}

/** One of the parts that a plan was split into. */
export interface ShardFacts {
  /** From 1 on. */
  index: number;
  of: number;
  /** Identities of the whole plan, in its order. */
  planned: string[];
}

export interface SuiteFacts {
  version: string;
  /** SHA-256 over the catalogue: every assertion and fixture file, names and contents, in order. */
  digest: string;
  assertions: number;
  /** The SMI release that the offered API versions belong to, such as `v0.6.0`; absent where they belong to none as a set. */
  smiRelease?: string;
  /** Somebody's own assertions that ran with it: how many, and SHA-256 over their files, as of the catalogue. */
  added?: { digest: string; assertions: number };
}

export interface MeshFacts {
  id: string;
  name: string;
  /** Read from the cluster; `unknown` where nothing on it says. */
  version: string;
  images: { image: string; digest: string; /** A registry's digest, or the node's id of a local image. */ kind: 'digest' | 'image-id' }[];
}

export interface Offer {
  versions: Version[];
  kinds: string[];
  without: string[];
}

/** Time-outs in milliseconds. Recorded whole, so that a report shows under which patience it was made. */
export interface TimingProfile {
  name: string;
  /** Until a change must be in force, at most. */
  applyMs: number;
  /** Once this run has seen the mesh converge, this many times its slowest convergence is enough … */
  applyFactor: number;
  /** … but never less than this. */
  applyFloorMs: number;
  readyMs: number;
  deleteMs: number;
  /** Until an API server that is away in the middle of a run must be back. */
  awayMs: number;
  requestMs: number;
  /** For how long something has to stay as it is where an assertion says throughout. */
  holdMs: number;
  metrics: MetricsTiming;
}

/** How metrics are waited for and read. All but `readings` in milliseconds. */
export interface MetricsTiming {
  /** The window for which loads are sized. */
  windowMs: number;
  /** How many times the requests that a fixture says are sent in it. */
  density: number;
  /** From the beginning of a load, or a change, until metrics show it in full; or until they show that a load has ended. */
  settleMs: number;
  /** How many readings a number is judged by; their median counts. */
  readings: number;
  /** Between two readings. */
  pauseMs: number;
}

export type FailOn = 'must' | 'should' | 'never';

export type Summary = Record<Verdict, number> & { total: number; must: LevelFigure; should: LevelFigure };
/** `score` is pass plus half of partial, of those that apply (pass, partial, fail, inconclusive). */
export interface LevelFigure { passed: number; partial: number; failed: number; inconclusive: number; applicable: number; score: number }

export interface SpecificationResult {
  specification: Specification;
  capability: 'full' | 'partial' | 'none';
  /** Why the capability is not full. */
  capabilityReason?: string;
  compliance: 'passed' | 'failed' | 'not-applicable' | 'incomplete';
  summary: Summary;
}

export interface Statistics {
  /** False-failure probability allowed to each statistical check, two-sided. */
  alpha: number;
  checks: number;
  /** Exact false-failure probability of the whole run, summed over its checks (union bound). */
  falseFailure: number;
}

/** One assertion at one API version: the identity of a result in reports, merges and histories. */
export interface AssertionResult {
  id: string;
  version: Version;
  title: string;
  specification: Specification;
  kind: Kind;
  level: Level;
  /** Other verdicts depend on it. */
  gate: boolean;
  /** It is none of the suite's: it says nothing about the conformance of the mesh. */
  added?: true;
  requirement: { text: string; source: string };
  verdict: Verdict;
  /** One sentence; for every verdict but a plain pass. */
  reason?: string;
  expected?: string;
  seen?: string;
  /** Where it ended, index into the assertion's steps. */
  failedStep?: number;
  lane?: string;
  /** Milliseconds since the run began. */
  startedMs: number;
  durationMs: number;
  /** The longest wait for a change of this assertion to be in force. */
  convergenceMs?: number;
  steps: StepObservation[];
  /** Set where the lane did not return to its baseline after the assertion and had to be rebuilt: what was still seen. */
  afterwards?: string;
}
