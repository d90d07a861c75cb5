import type { Served } from '../identity.ts';
import type { ProbeNetwork } from '../network.ts';
import type { AttemptRequest } from '../protocol.ts';

/** How one attempt ended: the application answered, or by which form it did not. */
export type Outcome = { answer: Served } | { refusal: string };

/** Makes one attempt, on a connection of its own. Rejects only where this probe itself, not the way to the server, is at fault. */
export type Attempt = (nonce: string) => Promise<Outcome>;

/** Prepares what all attempts of a request have in common; throws where the request cannot be sent. `timeoutMs` is of each attempt. */
export type PrepareAttempt = (request: AttemptRequest, network: ProbeNetwork, timeoutMs: number) => Attempt;

/** The system gave this probe no more sockets or memory. Taking that for a refusal would prove a denial that nobody made. */
const exhausted = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS', 'EADDRNOTAVAIL']);

/** The refusal that an error on the way to a server stands for, by its errno; throws where the error is this probe's own. */
export function refusalOf(error: Error & { code?: unknown }): string {
  if (typeof error.code !== 'string') return error.message;
  if (exhausted.has(error.code)) {
    throw new Error(`The probe has no room for another connection (${error.code}): ask for less concurrency, or raise the pod's limits.`, { cause: error });
  }
  return error.code;
}
