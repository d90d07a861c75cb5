import type { Named, Scaled, Traffic } from './assertion.ts';
import type { ShownResult } from './metrics.ts';
import type { Protocol, SmiKind } from './specification.ts';

/** What was expected of one kind of traffic in a look. */
export type Expected =
  | { outcome: 'allowed' }
  | { outcome: 'denied' }
  | { outcome: 'answered'; by: string[]; mayRefuse?: true }
  | { outcome: 'shares'; shares: Record<string, number>; ports?: Record<string, number>; refused?: number }
  /** Nothing: it is there to be read. */
  | { outcome: 'recorded' };

/** What was seen of one kind of traffic: plain numbers, from which `judge/` says whether the expectation held. */
export interface Seen {
  traffic: Traffic;
  expected: Expected;
  attempts: number;
  /** Answers of an application, by workload. */
  answers: Record<string, number>;
  /** Answers by workload and the application's port (`web-v3p:8081`). */
  answersByPort: Record<string, number>;
  /** Attempts without an answer, by form. */
  refusals: Record<string, number>;
  /** Attempts whose nonce is in the record of a server, whatever the client saw, by workload. */
  reached: Record<string, number>;
  /** Denied traffic only: every server that could have been reached recorded a sentinel after the last attempt. */
  alive?: boolean;
  /** The caller's process did not get to run for so long, in milliseconds: its machine is overloaded, and time-outs say nothing about the mesh. Absent where it did. */
  starvedMs?: number;
  /** Attempts over one connection only: the most answers of one workload in a row. */
  longestRun?: number;
}

/** One batch of traffic, seen from both ends. */
export interface Look {
  purpose: 'converge' | 'measure' | 'baseline' | 'otherwise' | 'record';
  /** Milliseconds since the run began. */
  at: number;
  durationMs: number;
  seen: Seen[];
  holds: boolean;
}

/** What one step brought to light. The last entry of an assertion is where it ended. */
export type StepObservation =
  | { verb: 'apply'; writes: Write[] }
  | { verb: 'patch'; writes: Write[] }
  | { verb: 'delete'; objects: Named[] }
  | { verb: 'try'; writes: Write[] }
  | { verb: 'rejected'; writes: Write[]; /** The look that held the declared lesser behaviour. */ otherwise?: Look }
  | {
      verb: 'eventually';
      /** Milliseconds from the change before the step until the first look of the streak; absent when it did not come true. */
      convergenceMs?: number;
      deadlineMs: number;
      looks: LookSummary;
      measured?: Look;
      /** The look that held the declared lesser behaviour. */
      otherwise?: Look;
    }
  | { verb: 'always'; measured: Look; otherwise?: Look }
  /** Looks in a row, for as long as the profile says; `lastFailing` is the one that ended it. */
  | { verb: 'throughout'; durationMs: number; looks: LookSummary; measured: Look }
  | { verb: 'record'; measured: Look }
  | { verb: 'start'; workloads: Scaled[]; durationMs: number }
  | { verb: 'restart'; workloads: Scaled[]; durationMs: number }
  | { verb: 'scale'; workloads: Scaled[]; durationMs: number }
  | { verb: 'hold'; name: string; traffic: Traffic }
  | { verb: 'release'; name: string; held: HeldSeen }
  | { verb: 'sample'; convergenceMs?: number; deadlineMs: number; looks: LookSummary; measured: Look; intervals: Interval[] }
  | {
      verb: 'measure';
      /** Where the metrics came from; `none` where none were read. */
      source: string;
      /** What was read. */
      subject: string;
      /** How many readings the claims rest on. */
      readings: number;
      durationMs: number;
      shown: ShownResult[];
      /** What the declared lesser behaviour asks for, where the claims did not hold. */
      otherwise?: ShownResult[];
      /** Loads of the step of which the mesh let no request be answered: there was nothing for metrics to show. */
      unanswered?: string[];
    }
  | { verb: 'observe'; subject: string; holds: boolean; expected: string; seen: string };

/** Converging looks are many; the report keeps their number and the last one that did not hold. */
export interface LookSummary {
  count: number;
  lastFailing?: Look;
}

/** What became of traffic that was held. */
export interface HeldSeen {
  traffic: Traffic;
  connection: 'kept' | 'fresh';
  durationMs: number;
  attempts: number;
  answers: Record<string, number>;
  refusals: Record<string, number>;
  /** Milliseconds from the last change to the first attempt after it that was not answered; absent where all were. */
  brokenAfterMs?: number;
}

/** One object sent to the API server. */
export interface Write {
  kind: SmiKind;
  name: string;
  apiVersion: string;
  outcome: 'stored' | 'refused';
  /** The server's words where it refused. */
  message?: string;
}

/** The counts that a sound mesh gives for one backend, all but once in 1/alpha samples; both ends included. */
export interface Interval {
  workload: string;
  low: number;
  high: number;
  seen: number;
}

/** What the engine hands to the judge for one assertion at one version. */
export type RawObservation =
  | { outcome: 'observed'; steps: StepObservation[] }
  /** The mesh does not offer it, or the version cannot express it. */
  | { outcome: 'skipped'; reason: string }
  /** What the mesh did to the lane, which is another assertion's matter, left nothing to judge. */
  | { outcome: 'groundless'; reason: string }
  /** The harness could not judge: code, what happened. */
  | { outcome: 'errored'; code: string; reason: string; steps: StepObservation[] };

export type { Protocol };
