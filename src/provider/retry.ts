import { setTimeout as wait } from 'node:timers/promises';
import { UploadTrouble } from './trouble.ts';

/** Time, as data. */
export interface Clock {
  /** Milliseconds since 1970, by this machine, which may be wrong. */
  now(): number;
  /** Milliseconds that only go forward. */
  tick(): number;
  /** Rejects with the signal's reason where it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 to below 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  tick: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
  random: Math.random,
};

/** Milliseconds. */
export interface Limits {
  /** The whole upload, waiting included. */
  totalMs: number;
  /** One request. */
  requestMs: number;
  /** The first wait; each further one is twice as long … */
  firstWaitMs: number;
  /** … up to this. */
  longestWaitMs: number;
}

export const usualLimits: Limits = { totalMs: 120_000, requestMs: 15_000, firstWaitMs: 500, longestWaitMs: 15_000 };

/** How one try ended: with what was wanted, or with a trouble that may pass. */
export type Try<T> = { done: T } | { again: string; afterMs?: number };

export interface Patience {
  clock: Clock;
  limits: Limits;
  /** Where `clock.tick()` must not go beyond. */
  until: number;
  signal: AbortSignal;
  /** Told of each wait. */
  waiting(message: string): void;
}

/**
 * Tries until it is done, with waits that double, and differ by chance so that many who failed together do not come back together. Rejects with
 * `UploadTrouble` where the next try would begin too late, and as `once` does.
 */
export async function retrying<T>(what: string, once: (attempt: number) => Promise<Try<T>>, { clock, limits, until, signal, waiting }: Patience): Promise<T> {
  const started = clock.tick();
  for (let attempt = 1; ; attempt += 1) {
    const tried = await once(attempt);
    if ('done' in tried) return tried.done;
    const pause = Math.min(limits.longestWaitMs, limits.firstWaitMs * 2 ** (attempt - 1));
    const waitMs = Math.max(tried.afterMs ?? 0, Math.round(pause * (0.5 + clock.random() / 2)));
    if (clock.tick() + waitMs >= until) throw new UploadTrouble(givenUp(what, tried, { attempt, spentMs: clock.tick() - started }));
    waiting(`${what}: ${tried.again}; trying again in ${seconds(waitMs)}`);
    await clock.sleep(waitMs, signal);
  }
}

function givenUp(what: string, { again, afterMs }: { again: string; afterMs?: number }, { attempt, spentMs }: { attempt: number; spentMs: number }): string {
  const asked = afterMs === undefined ? '' : `, and asks to be left alone for ${seconds(afterMs)}`;
  return `${what}: ${again}${asked} (${attempt === 1 ? 'tried once' : `tried ${attempt} times in ${seconds(spentMs)}`})`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
