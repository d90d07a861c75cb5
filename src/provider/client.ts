import { ConformanceError } from '../model/errors.ts';
import type { Credential } from './credential.ts';
import { type Answer, exchange, type Fetch, type Message } from './exchange.ts';
import { type Clock, type Limits, type Patience, retrying, type Try } from './retry.ts';
import type { Token } from './token.ts';
import { UploadTrouble } from './trouble.ts';

export type Answered = Exclude<Answer, { status: 'none' }>;

export interface ClientOptions {
  /** Checked by `providerAddress`. */
  provider: string;
  credential: Credential;
  /** UUID of who sends. */
  systemId: string;
  fetch: Fetch;
  clock: Clock;
  limits: Limits;
  signal: AbortSignal;
  waiting(message: string): void;
}

export interface Request {
  /** For messages: what is being done. */
  what: string;
  method: Message['method'];
  url: string;
  body?: string;
}

/** Speaks to one provider. Everything rejects with `UploadTrouble` in words for the user, or with the signal's reason. */
export interface Client {
  provider: string;
  /** Asks until there is an answer that waiting would not change. Not without the token, unless `anonymous`. */
  ask(request: Request, options?: { anonymous: boolean }): Promise<Answered>;
  /** One try of the same; where the token is refused, it is renewed once and the request sent again. */
  once(request: Request): Promise<Answer>;
  /** Retries `once` as `ask` does. */
  retry<T>(what: string, once: (attempt: number) => Promise<Try<T>>): Promise<T>;
  /** Exchanges the token for a new one; false where it has nothing to do it with. */
  renew(): Promise<boolean>;
  /** How far this machine's clock is ahead of the provider's, in milliseconds, as far as an answer has said. */
  clockAheadMs(): number | undefined;
}

export function createClient({ provider, credential, systemId, fetch, clock, limits, signal, waiting }: ClientOptions): Client {
  const until = clock.tick() + limits.totalMs;
  let aheadMs: number | undefined;

  async function send({ method, url, body }: Request, headers: Record<string, string>, patience: AbortSignal = signal): Promise<Answer> {
    const message = { method, url, headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body }) };
    const limitMs = Math.min(limits.requestMs, until - clock.tick());
    const answer = await exchange(message, { fetch, scrubber: credential.scrubber, limitMs, signal: patience, now: clock.now });
    if (answer.status !== 'none' && answer.date !== undefined) aheadMs = clock.now() - answer.date;
    return answer;
  }

  const authorised = (request: Request, { bearer }: Token): Promise<Answer> =>
    send(request, { authorization: `bearer ${bearer.reveal()}`, 'x-api-key': bearer.reveal(), systemid: systemId });

  async function once(request: Request): Promise<Answer> {
    const token = credential.current();
    const answer = await authorised(request, token);
    if (answer.status !== 401) return answer;
    const renewed = await renewFrom(token);
    return renewed === undefined ? answer : authorised(request, renewed);
  }

  async function renewFrom(refused: Token): Promise<Token | undefined> {
    try {
      return await orAborted(credential.renew(refused, refresh), signal);
    } catch (error) {
      // The new token is read as one that a user gives.
      if (error instanceof ConformanceError) throw new UploadTrouble(`${provider} renewed the token by something that is none`);
      throw error;
    }
  }

  /** Not bound to the signal of this upload: others may wait for the same token. */
  async function refresh(refused: Token): Promise<string> {
    const patience = AbortSignal.timeout(Math.max(1, Math.ceil(until - clock.tick())));
    const request: Request = { what: 'renewing the token', method: 'POST', url: `${provider}/refresh`, body: JSON.stringify({ token: refused.bearer.reveal() }) };
    const answer = await retrying(request.what, async () => triedOf(await send(request, { 'content-type': 'application/json; charset=utf-8' }, patience)), { ...patient, signal: patience });
    const token = answer.status === 200 ? textOf(answer.text, 'token') : undefined;
    if (token !== undefined) return token;
    throw new UploadTrouble(answer.status === 200
      ? `${provider} renewed the token, but its answer holds none`
      : `the token is no longer valid, and ${provider} would not renew it (${credential.scrubber.scrub(describe(answer))}): make a new token there and put it into the secret that provider_token comes from`);
  }

  /** What became of a try, told by its answer alone. */
  const triedOf = (answer: Answer): Try<Answered> => {
    const trouble = transient(answer);
    if (trouble !== undefined) return trouble;
    return { done: answer as Answered };
  };

  const patient: Patience = { clock, limits, until, signal, waiting };
  return {
    provider,
    once,
    ask: (request, { anonymous } = { anonymous: false }) => retrying(request.what, async () => triedOf(await (anonymous ? send(request, {}) : once(request))), patient),
    retry: (what, attempt) => retrying(what, attempt, patient),
    renew: async () => (await renewFrom(credential.current())) !== undefined,
    clockAheadMs: () => aheadMs,
  };
}

/** The trouble of an answer that may be another one later; undefined where waiting changes nothing. */
export function transient(answer: Answer): { again: string; afterMs?: number } | undefined {
  if (answer.status === 'none') return { again: answer.why };
  if (answer.status !== 408 && answer.status !== 429 && answer.status < 500) return undefined;
  return { again: `the provider answered ${answer.status}`, ...(answer.afterMs === undefined ? {} : { afterMs: answer.afterMs }) };
}

/** Status, and what the provider says to it; to be scrubbed before it is shown. */
export function describe({ status, text }: Answered): string {
  const said = ['message', 'error', 'description'].map((key) => textOf(text, key)).find((one) => one !== undefined) ?? (text.trimStart().startsWith('<') ? '' : text);
  return said.trim() === '' ? String(status) : `${status}: ${said}`;
}

/** A field of an answer that is a JSON object, where it is a text that is not empty. */
export function textOf(text: string, key: string): string | undefined {
  const value = objectOf(text)?.[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // An answer that is no JSON has no fields; its caller says what that means.
    return undefined;
  }
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
