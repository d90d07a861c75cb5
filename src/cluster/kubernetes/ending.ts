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

/** The end of one call: that of the adapter, or that of whom it listens to, with its grace. */
export function endingOf(closed: AbortSignal, hearing: Hearing | undefined): Ending {
  if (hearing === undefined) return { signal: closed, stop: () => undefined };
  const { signal, graceMs } = hearing;
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => over.abort();
  const hear = (): void => {
    if (graceMs === 0) end();
    else timer = setTimeout(end, graceMs);
  };
  for (const [heard, listener] of [[closed, end], [signal, hear]] as const) {
    if (heard.aborted) listener();
    else heard.addEventListener('abort', listener, { once: true });
  }
  return {
    signal: over.signal,
    stop() {
      clearTimeout(timer);
      closed.removeEventListener('abort', end);
      signal.removeEventListener('abort', hear);
    },
  };
}

/** What a call rejects with that was ended by whom it listens to, `last` being what went wrong until then. */
export function endedBy({ signal, graceMs }: Hearing, last: RequestError): Error {
  return graceMs === 0 ? new ConformanceError('CANCELLED', `the run was stopped by ${String(signal.reason)}`, { cause: last }) : last;
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
