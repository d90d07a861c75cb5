import type { Protocol } from '../model/specification.ts';

/**
 * What the probe and its client say to each other: JSON, one message a line, over a TCP connection to the probe's control port,
 * which listens on 127.0.0.1 only and is reached by a port-forward. Calls are answered by `id`, in any order, many at a time.
 */
export const controlPort = 15999;

/** Who a probe is; comes from the pod's environment (`PROBE_CONFIG`, JSON; `pod` from the downward API). */
export interface ProbeIdentity {
  pod: string;
  namespace: string;
  serviceAccount: string;
  /** The fixture's name for it, such as `srv` or `web-v1`. */
  workload: string;
}

export interface ProbeListener {
  port: number;
  protocol: Protocol;
}

export interface ProbeConfig extends ProbeIdentity {
  listeners: ProbeListener[];
  /** The port of the pod at which an application of another make answers what comes over HTTP; the probe itself does where absent. */
  application?: number;
}

/** One kind of request, repeated `attempts` times, each with a nonce of its own (`<batch>.<key>.<i>`) and a connection of its own. */
export interface AttemptRequest {
  key: number;
  protocol: Protocol;
  host: string;
  port: number;
  /** HTTP only. */
  method?: string;
  /** HTTP only: path with query, sent as it is. */
  path?: string;
  /** HTTP only; names are sent as they are written. */
  headers?: [string, string][];
  attempts: number;
  /** All attempts take one connection, one after the other, as long as it lasts; a new one where it ends. */
  connection?: 'kept';
}

export interface AttemptBatch {
  /** Prefix of every nonce of this batch; unique in the run. */
  batch: string;
  /** Requests are interleaved: attempt 0 of each, attempt 1 of each, … */
  requests: AttemptRequest[];
  /** How many attempts are under way at once. */
  concurrency: number;
  /** Of one attempt, from connect to the end of the answer, in milliseconds. */
  timeoutMs: number;
}

/** A group of equal answers from an application: status 2xx, the nonce echoed, the server's name in the answer. */
export interface Answer {
  workload: string;
  pod: string;
  serviceAccount: string;
  /** The port that the application listened on, which a Service may have mapped. */
  port: number;
  count: number;
}

export interface AttemptResult {
  key: number;
  attempts: number;
  answers: Answer[];
  /** Everything that was no answer, by its form: `HTTP 403`, `ECONNREFUSED`, `ECONNRESET`, `timeout`, `closed`, `ENOTFOUND`, `HTTP 200 without nonce`… and how often. */
  refusals: Record<string, number>;
  /** Milliseconds until the answer, over the answered attempts; absent where there was none. */
  latencyMs?: { p50: number; max: number };
  /** The longest time in which this probe's process did not get to run during the batch, in milliseconds: what timed out meanwhile may have been answered in time. */
  lagMs?: number;
  /** With a kept connection: the most answers of one workload in a row. */
  longestRun?: number;
}

/** What reached a server's application of one request of a batch. */
export interface RecordSummary {
  key: number;
  count: number;
  /** The ports of the application that it arrived at. */
  ports: number[];
  /** HTTP only: the first arrival as the application saw it, which a proxy may have rewritten. */
  first?: { method: string; path: string };
}

export type ProbeCall =
  | { op: 'hello' }
  | { op: 'attempt'; batch: AttemptBatch }
  /** What reached this pod of a batch. With `sentinel` the probe first sends itself one request over loopback, by each of its listeners, and waits for its own record of it. */
  | { op: 'records'; batch: string; sentinel: boolean }
  /** Forgets the records of a batch. */
  | { op: 'forget'; batch: string }
  /** Begins traffic that goes on until it is released or its client is gone; answered when the first attempt has ended. */
  | { op: 'hold'; held: HeldRequest }
  /** Ends it and says what became of it. */
  | { op: 'release'; name: string }
  /** Begins traffic at an even rate, which goes on until it is ended or its client is gone. */
  | { op: 'load'; load: LoadRequest }
  /** What became of it within the last `lastMs` milliseconds. */
  | { op: 'loaded'; name: string; lastMs: number }
  /** Ends it; answered when its last attempt has ended. */
  | { op: 'unload'; name: string };

/** One kind of request, sent at an even rate, by the clock: what was late is made up for. Its `attempts` count for nothing. */
export interface LoadRequest {
  /** Unique in the run; also the batch of its nonces. */
  name: string;
  request: AttemptRequest;
  perSecond: number;
  /** Every so many are to be answered 500. */
  failEvery?: number;
  /** Milliseconds that the application is to take. */
  delayMs?: number;
  /** Of so many, so many are to take this long instead, evenly among the others. */
  slow?: { of: number; count: number; ms: number };
  /** Of one attempt, in milliseconds. */
  timeoutMs: number;
}

export interface LoadedReply {
  /** Milliseconds since it began. */
  runsMs: number;
  /** Attempts that were begun since then. */
  sent: number;
  /** Attempts that ended within the time that was asked for: answered by the application, answered with a failure, and the rest, by form. */
  successes: number;
  failures: number;
  refusals: Record<string, number>;
  /** The 90th percentile of the time until an answer, less what the application was told to take, in milliseconds; absent where there was none. */
  overheadMs?: number;
}

/** One kind of request, sent again and again; its `attempts` count for nothing. */
export interface HeldRequest {
  /** Unique in the run; also the batch of its nonces. */
  name: string;
  request: AttemptRequest;
  everyMs: number;
  /** Of one attempt, in milliseconds. */
  timeoutMs: number;
}

export interface HeldReply extends AttemptResult {
  /** When attempts ended without an answer, in milliseconds since the hold began; the first 1000 of them. */
  refusedAtMs: number[];
}

export interface HelloReply {
  identity: ProbeIdentity;
  listeners: ProbeListener[];
  /** Version of Node that it runs on. */
  node: string;
}

export interface RecordsReply {
  records: RecordSummary[];
  /** With `sentinel`: whether every listener recorded and answered its sentinel: the application is alive and its record is being kept. */
  alive: boolean;
}

export type ProbeRequestLine = { id: number } & ProbeCall;
export type ProbeReplyLine = { id: number; reply: unknown } | { id: number; error: string };
