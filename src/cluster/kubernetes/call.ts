import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, redact } from './connection.ts';
import { endedBy, endingOf, type Hearing } from './ending.ts';
import { errorOf, isWebhookFailure, RequestError } from './errors.ts';
import { createExchanger, type Exchange, type Exchanger, type Reply } from './exchange.ts';

/** How long to keep at it, in milliseconds. */
export interface Patience {
  /** One request, until its answer is read. */
  attemptMs: number;
  /** A request that the server was too busy for is not sent again later than this after the first. */
  totalMs: number;
  /** The same where no answer came: a moment's interruption is bridged, a server that is gone is told soon. */
  lostMs: number;
  /** The same where a webhook breaks down: injectors of meshes do, under a burst of pods, and take a while to be back. */
  webhookMs: number;
}

export const standardPatience: Patience = { attemptMs: 10_000, totalMs: 20_000, lostMs: 5_000, webhookMs: 30_000 };

/** The way to the API server that the parts of the adapter share. */
export interface Caller {
  readonly connection: Connection;
  /** One request; asked again while that may help, which is safe for requests that change nothing or the same thing twice. */
  call(exchange: Exchange, patience?: Partial<Patience>): Promise<Reply>;
  /** The answer to one request, whatever its status; asked again only where none came. */
  answer(exchange: Exchange): Promise<Reply>;
  /**
   * Runs `attempt` until it does not fail in a way that may pass. `again` says that an earlier attempt may have been carried
   * out although its answer was lost.
   */
  persist<T>(attempt: (send: Send, again: boolean, ending: AbortSignal) => Promise<T>, patience?: Partial<Patience>): Promise<T>;
  /** Aborted when the adapter is closed. */
  readonly closed: AbortSignal;
  /** The same way, for calls that also end with a signal. */
  until(hearing: Hearing): Caller;
  close(): void;
}

/** One request within an attempt: the answer if its status is 2xx, else a `RequestError`. */
export type Send = (exchange: Exchange) => Promise<Reply>;

const firstWaitMs = 100;
const longestWaitMs = 3_200;

export function createCaller(connection: Connection, defaults: Patience = standardPatience): Caller {
  return callerOver({ connection, defaults, exchanger: createExchanger(connection), closing: new AbortController() }, []);
}

/** What all callers of a connection have in common. */
interface Shared {
  connection: Connection;
  defaults: Patience;
  exchanger: Exchanger;
  closing: AbortController;
}

function callerOver(shared: Shared, hearings: readonly Hearing[]): Caller {
  const { connection, defaults, exchanger, closing } = shared;

  async function persist<T>(attempt: (send: Send, again: boolean, ending: AbortSignal) => Promise<T>, patience: Partial<Patience> = {}): Promise<T> {
    const { attemptMs, totalMs, lostMs, webhookMs } = { ...defaults, ...patience };
    const started = performance.now();
    const ending = endingOf(closing.signal, hearings);
    const send: Send = async (exchange) => succeeded(await ask(exchange, attemptMs, ending.signal));
    try {
      for (let round = 0; ; round += 1) {
        try {
          return await attempt(send, round > 0, ending.signal);
        } catch (error) {
          if (!(error instanceof RequestError) || !error.transient) throw error;
          const allowedMs = error.status === 0 ? lostMs : isWebhookFailure(error) ? webhookMs : totalMs;
          const waitMs = error.retryAfterMs ?? backoffMs(round);
          if (!ending.signal.aborted && performance.now() - started + waitMs >= allowedMs) throw error;
          if (await isEnded(waitMs, ending.signal)) throw closing.signal.aborted ? closedError() : endedBy(hearings, error);
        }
      }
    } finally {
      ending.stop();
    }
  }

  function ask(exchange: Exchange, timeoutMs: number, ending: AbortSignal): Promise<Reply> {
    if (closing.signal.aborted) throw closedError();
    return exchanger.exchange(exchange, timeoutMs, ending);
  }

  function succeeded(reply: Reply): Reply {
    if (reply.status >= 200 && reply.status < 300) return reply;
    throw errorOf({ ...reply, text: redact(connection, reply.text) });
  }

  return {
    connection,
    closed: closing.signal,
    persist,
    call: (exchange, patience) => persist((once) => once(exchange), patience),
    answer: (exchange) => persist(async (_send, _again, ending) => ask(exchange, defaults.attemptMs, ending)),
    until: (hearing) => callerOver(shared, [...hearings, hearing]),
    close() {
      closing.abort();
      exchanger.close();
    },
  };
}

/** Waits, and says whether it was ended meanwhile. */
async function isEnded(waitMs: number, ending: AbortSignal): Promise<boolean> {
  try {
    await delay(waitMs, undefined, { signal: ending });
  } catch (error) {
    if (!ending.aborted) throw error;
  }
  return ending.aborted;
}

/** Doubles up to the longest wait; spread by a fifth, so that calls which failed together do not come back together. */
function backoffMs(round: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** round) * (0.8 + Math.random() * 0.4);
}

function closedError(): RequestError {
  return new RequestError(0, 'Closed', 'The connection to the cluster has been closed.');
}
