import { ConformanceError } from '../../model/errors.ts';
import type { RequestError } from './errors.ts';

/** Whom the calls of an adapter listen to beside its own end, and how much longer they may take from then on. */
export interface Hearing {
  signal: AbortSignal;
  graceMs: number;
}

/** What ends one call. */
export interface Ending {
  readonly signal: AbortSignal;
  /** Stops listening; the call is over. */
  stop(): void;
}

/** The end of one call: that of the adapter, or of the first that it listens to, with its grace. */
export function endingOf(closed: AbortSignal, hearings: readonly Hearing[]): Ending {
  const over = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const listening = [{ signal: closed, graceMs: 0 }, ...hearings].map(({ signal, graceMs }) => {
    const listener = (): void => {
      if (graceMs === 0) over.abort();
      else timers.push(setTimeout(() => over.abort(), graceMs));
    };
    if (signal.aborted) listener();
    else signal.addEventListener('abort', listener, { once: true });
    return { signal, listener };
  });
  return {
    signal: over.signal,
    stop() {
      timers.forEach(clearTimeout);
      for (const { signal, listener } of listening) signal.removeEventListener('abort', listener);
    },
  };
}

/** What a call rejects with that was ended by whom it listens to, `last` being what went wrong until then. */
export function endedBy(hearings: readonly Hearing[], last: RequestError): Error {
  const cancelled = hearings.find(({ signal, graceMs }) => graceMs === 0 && signal.aborted);
  return cancelled === undefined ? last : new ConformanceError('CANCELLED', `the run was stopped by ${String(cancelled.signal.reason)}`, { cause: last });
}

/** Resolves as the work does, or rejects as soon as the signal is aborted: the work itself cannot be ended. */
export async function heard<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = (): void => reject(unheard());
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Of something that was ended before it was done. */
export function unheard(): Error {
  return Object.assign(new Error('nobody waits for the answer any longer'), { code: 'ETIMEDOUT' });
}
