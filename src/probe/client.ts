import type { Duplex } from 'node:stream';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { onLines } from './lines.ts';
import type { AttemptBatch, AttemptResult, HeldReply, HeldRequest, HelloReply, LoadedReply, LoadRequest, ProbeCall, ProbeReplyLine, RecordsReply } from './protocol.ts';

export interface CallOptions {
  /** Ends the wait with `CANCELLED`; the probe finishes a batch that is under way. */
  signal?: AbortSignal;
  /** Ends the wait with `PROBE_LOST`, in milliseconds. Each call has a default. */
  timeoutMs?: number;
}

interface Pending {
  resolve(reply: unknown): void;
  reject(error: ConformanceError): void;
}

/** How long a probe may take to answer when it has nothing to wait for, in milliseconds. */
const promptMs = 15_000;

/**
 * Drives a probe over a connection to its control port, any number of calls at a time. No call waits for ever: the connection's
 * end rejects it with `PROBE_LOST`, and so does its time-out. A client that was open from before a batch until its records were read
 * proves that one and the same process kept them.
 */
export class ProbeClient {
  /** Resolves with the reason once the connection is gone, also after `close()`. */
  readonly lost: Promise<ConformanceError>;
  readonly #stream: Duplex;
  readonly #pending = new Map<number, Pending>();
  readonly #nameLoss: (reason: ConformanceError) => void;
  #loss: ConformanceError | undefined;
  #lastId = 0;

  /** Takes over a connection to a probe's control port. */
  static open(stream: Duplex): ProbeClient {
    return new ProbeClient(stream);
  }

  private constructor(stream: Duplex) {
    this.#stream = stream;
    const { promise, resolve } = Promise.withResolvers<ConformanceError>();
    this.lost = promise;
    this.#nameLoss = resolve;
    stream.on('error', (error) => this.#lose(`the connection failed: ${messageOf(error)}`, error));
    stream.on('end', () => this.#lose('the connection ended'));
    stream.on('close', () => this.#lose('the connection was closed'));
    onLines(stream, (line) => this.#take(line));
  }

  get isOpen(): boolean {
    return this.#loss === undefined;
  }

  hello(options?: CallOptions): Promise<HelloReply> {
    return this.#call({ op: 'hello' }, promptMs, options) as Promise<HelloReply>;
  }

  /** Runs a batch; resolves with one result for each request, in their order. */
  attempt(batch: AttemptBatch, options?: CallOptions): Promise<AttemptResult[]> {
    const attempts = batch.requests.reduce((sum, request) => sum + request.attempts, 0);
    const atMost = Math.ceil(attempts / batch.concurrency) * batch.timeoutMs;
    return this.#call({ op: 'attempt', batch }, atMost + promptMs, options) as Promise<AttemptResult[]>;
  }

  /** What reached this probe's pod of a batch; with `sentinel`, whether it is alive and keeps its record. */
  records(batch: string, sentinel: boolean, options?: CallOptions): Promise<RecordsReply> {
    return this.#call({ op: 'records', batch, sentinel }, promptMs, options) as Promise<RecordsReply>;
  }

  async forget(batch: string, options?: CallOptions): Promise<void> {
    await this.#call({ op: 'forget', batch }, promptMs, options);
  }

  /** Begins traffic that goes on until it is released, or this client is closed. */
  async hold(held: HeldRequest, options?: CallOptions): Promise<void> {
    await this.#call({ op: 'hold', held }, held.timeoutMs + promptMs, options);
  }

  /** Ends held traffic; resolves with what became of it. */
  release(name: string, options?: CallOptions): Promise<HeldReply> {
    return this.#call({ op: 'release', name }, promptMs, options) as Promise<HeldReply>;
  }

  /** Begins traffic at an even rate that goes on until it is ended, or this client is closed. */
  async load(load: LoadRequest, options?: CallOptions): Promise<void> {
    await this.#call({ op: 'load', load }, promptMs, options);
  }

  /** What became of such traffic within the last milliseconds. */
  loaded(name: string, lastMs: number, options?: CallOptions): Promise<LoadedReply> {
    return this.#call({ op: 'loaded', name, lastMs }, promptMs, options) as Promise<LoadedReply>;
  }

  /** Ends such traffic; resolves when nothing of it is under way any more. */
  async unload(name: string, options?: CallOptions): Promise<void> {
    await this.#call({ op: 'unload', name }, promptMs, options);
  }

  /** Ends the connection; calls that wait reject with `PROBE_LOST`. */
  close(): void {
    this.#lose('this client was closed');
  }

  #call(call: ProbeCall, defaultMs: number, { signal, timeoutMs = defaultMs }: CallOptions = {}): Promise<unknown> {
    if (this.#loss !== undefined) return Promise.reject(this.#loss);
    if (signal?.aborted === true) return Promise.reject(cancelled(call, signal));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        this.#pending.delete(id);
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        end();
      };
      const pending: Pending = {
        resolve: (reply) => settle(() => resolve(reply)),
        reject: (error) => settle(() => reject(error)),
      };
      const abort = (): void => pending.reject(cancelled(call, signal));
      // A timer takes 31 bits; 24 days are enough for any call.
      const timer = setTimeout(() => pending.reject(lossOf(`it did not answer the call \`${call.op}\` within ${timeoutMs} ms`)), Math.min(timeoutMs, 2 ** 31 - 1));
      signal?.addEventListener('abort', abort, { once: true });
      this.#pending.set(id, pending);
      this.#stream.write(`${JSON.stringify({ id, ...call })}\n`);
    });
  }

  #take(line: string): void {
    if (this.#loss !== undefined) return;
    const message = parse(line);
    if (message === undefined) this.#lose(`it sent what is no reply: ${line.slice(0, 100)}`);
    else if (message.id === -1 && 'error' in message) this.#lose(message.error);
    else if ('error' in message) this.#pending.get(message.id)?.reject(new ConformanceError('PROBE_LOST', `The probe could not do what it was asked: ${message.error}`));
    // A reply that nobody waits for is one whose caller gave up.
    else this.#pending.get(message.id)?.resolve(message.reply);
  }

  #lose(what: string, cause?: unknown): void {
    if (this.#loss !== undefined) return;
    const loss = lossOf(what, cause);
    this.#loss = loss;
    this.#stream.destroy();
    for (const pending of this.#pending.values()) pending.reject(loss);
    this.#nameLoss(loss);
  }
}

function parse(line: string): ProbeReplyLine | undefined {
  try {
    const value = Object(JSON.parse(line)) as Partial<Record<'id' | 'reply' | 'error', unknown>>;
    const complete = typeof value.id === 'number' && ('reply' in value || typeof value.error === 'string');
    return complete ? (value as ProbeReplyLine) : undefined;
  } catch {
    // The caller answers for every malformed line, whichever way it is malformed.
    return undefined;
  }
}

function lossOf(what: string, cause?: unknown): ConformanceError {
  return new ConformanceError('PROBE_LOST', `The probe was lost: ${what}. Look at its pod's state and log.`, cause === undefined ? {} : { cause });
}

function cancelled({ op }: ProbeCall, signal: AbortSignal | undefined): ConformanceError {
  return new ConformanceError('CANCELLED', `The probe's call \`${op}\` was cancelled.`, { cause: signal?.reason });
}
