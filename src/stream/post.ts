import { isNativeError } from 'node:util/types';
import type { StreamAddress } from './stream-address.ts';

/** What became of one event: `again` where another try may go better. */
export type Posted = { outcome: 'sent' } | { outcome: 'refused' | 'again'; trouble: string };

export interface PostOptions {
  fetch: typeof globalThis.fetch;
  signal: AbortSignal;
  /** Milliseconds for the answer. */
  limitMs: number;
}

/** Posts one event. Never rejects; its words never quote the address, which may hold a key. */
export async function post(body: string, { href, origin, headers }: StreamAddress, { fetch, signal, limitMs }: PostOptions): Promise<Posted> {
  try {
    // A redirect would take that key to somewhere else.
    const response = await fetch(href, {
      method: 'POST', headers: { ...headers, 'content-type': 'application/cloudevents+json; charset=utf-8' }, body, redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    });
    await response.body?.cancel();
    if (response.ok) return { outcome: 'sent' };
    const passes = response.status === 408 || response.status === 429 || response.status >= 500;
    return { outcome: passes ? 'again' : 'refused', trouble: `${origin} answered ${response.status}` };
  } catch (error) {
    return { outcome: 'again', trouble: `${origin} was not reached (${codeOf(error)})` };
  }
}

/** The code of what lies behind a failed request, or of the parts of it. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'no connection';
  if ('name' in error && error.name === 'TimeoutError') return 'no answer in time';
  const cause = isNativeError(error) ? error.cause : undefined;
  return isNativeError(cause) && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'no connection';
}
