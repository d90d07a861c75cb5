import { setTimeout as sleep } from 'node:timers/promises';
import { pollDelays } from '../../cluster/poll.ts';
import { ConformanceError } from '../../model/errors.ts';

/** Looks until what is awaited is so, which `look` says by `undefined`. Resolves with what is missing where the time is over. Rejects with CANCELLED, and with whatever `look` throws. */
export async function waitUntil(look: () => Promise<string | undefined>, { limitMs, signal }: { limitMs: number; signal?: AbortSignal }): Promise<string | undefined> {
  const deadline = performance.now() + limitMs;
  let missing: string | undefined;
  for (const delay of pollDelays()) {
    await pause(delay, signal);
    missing = await look();
    if (missing === undefined || performance.now() > deadline) return missing;
  }
  return missing;
}

/** Throws where the run was asked to stop. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new ConformanceError('CANCELLED', `the run was stopped by ${String(signal.reason)}`);
}

async function pause(delay: number, signal: AbortSignal | undefined): Promise<void> {
  throwIfCancelled(signal);
  try {
    if (delay > 0) await sleep(delay, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    throwIfCancelled(signal);
    throw error;
  }
}
