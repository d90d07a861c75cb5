import { pollDelays } from '../cluster/poll.ts';
import { ApiError } from '../cluster/port.ts';
import { judgeLast } from '../judge/index.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { RawObservation } from '../model/observation.ts';
import type { Planned } from '../suite/index.ts';
import { pause, type RunContext } from './context.ts';

/** An API server that is away in the middle of a run and comes back: it is waited for once, by all workers together. */
export interface Absence {
  /** Why the run has to end: it did not come back. */
  readonly lost: ConformanceError | undefined;
  /** Waits until the API server answers, `why` being what showed that it does not. Rejects with CLUSTER_LOST when that takes longer than the timing profile allows, and with CANCELLED. */
  over(why: string): Promise<void>;
  /** Does something that may be begun anew; it is, `again`, each time that the API server was away meanwhile. */
  survive<T>(work: (again: boolean) => Promise<T>): Promise<T>;
  /** Whether it was away at that time of the run, in milliseconds, or later. */
  wasSince(time: number): boolean;
}

/** Whoever is away this often while one thing is done will be so again. */
const mostAbsences = 3;

/** An API server that answers again may not at once serve everything, such as what other servers serve through it, in milliseconds. */
export const settlingMs = 30_000;

/** Whoever answers within this, in milliseconds, is there. */
const promptMs = 500;

type Part = Pick<RunContext, 'cluster' | 'patience' | 'now' | 'emit' | 'signal'>;

export function createAbsence({ cluster, patience, now, emit, signal }: Part): Absence {
  let lost: ConformanceError | undefined;
  let waiting: Promise<void> | undefined;
  /** Of the last absence; infinite while it lasts. */
  let endedAt = -Infinity;

  async function wait(why: string): Promise<void> {
    const began = now();
    const { awayMs } = patience.profile;
    const patient = cluster.until(AbortSignal.timeout(awayMs), 1);
    let isTold = false;
    for (const delay of pollDelays()) {
      const trouble = await troubleOf(patient);
      if (trouble === undefined) break;
      if (now() - began >= awayMs) {
        lost = new ConformanceError('CLUSTER_LOST', `the API server stopped answering in the middle of the run, and did not come back within ${Math.round(awayMs / 1000)} s: ${trouble}`);
        throw lost;
      }
      if (!isTold) emit({ type: 'notice', level: 'warning', message: `the API server does not answer: ${why}. It is waited for, up to ${Math.round(awayMs / 1000)} s` });
      isTold = true;
      endedAt = Infinity;
      await pause(delay, signal);
    }
    // The question bridges a short absence by itself.
    if (!isTold && now() - began < promptMs) return;
    endedAt = now();
    // Whoever was cut off as well, such as the mesh, asks again after pauses that grow with the absence.
    patience.learned(endedAt - began);
    emit({ type: 'notice', level: 'info', message: `the API server answers again, after ${Math.round((endedAt - began) / 1000)} s: what it cut off is done again` });
  }

  const over = async (why: string): Promise<void> => {
    if (lost !== undefined) throw lost;
    waiting ??= wait(why).finally(() => (waiting = undefined));
    return waiting;
  };

  return {
    get lost() {
      return lost;
    },
    over,
    async survive(work) {
      for (let absences = 0; ; absences += 1) {
        try {
          return await work(absences > 0);
        } catch (error) {
          if (!isOfAbsence(error) || absences === mostAbsences) throw error;
          await over(messageOf(error));
        }
      }
    },
    wasSince: (time) => endedAt >= time,
  };
}

/** Whether something failed since no API server answered. */
export function isOfAbsence(error: unknown): boolean {
  if (error instanceof ApiError) return error.isAway;
  // Who reads metrics through the API server says so in words of its own.
  return error instanceof ConformanceError && error.code === 'API' && isOfAbsence(error.cause);
}

/**
 * What counts of an assertion: where it did not come true, and the API server was away since `time`, that says nothing about the mesh. It may not have heard of a change,
 * and an API that is not back yet looks like one that is not there.
 */
export function unlessAway(raw: RawObservation, { assertion }: Planned, time: number, absence: Absence): RawObservation {
  if (!absence.wasSince(time)) return raw;
  const steps = raw.outcome === 'observed' || raw.outcome === 'errored' ? raw.steps : [];
  const cameTrue = raw.outcome === 'observed' && (judgeLast(assertion.steps, steps)?.outcome ?? 'held') === 'held';
  if (cameTrue) return raw;
  const seen = raw.outcome === 'observed' ? 'it did not come true' : raw.reason;
  return { outcome: 'errored', code: 'CLUSTER_LOST', reason: `the API server was away while the assertion ran: ${seen}`, steps };
}

/** What keeps the API server from being used, in words. A path that it does not have, or that the caller may not read, is an answer too. */
async function troubleOf(cluster: Pick<RunContext['cluster'], 'read'>): Promise<string | undefined> {
  try {
    const { status } = await cluster.read('/readyz');
    return status >= 500 || status === 429 ? `it answers HTTP ${status}` : undefined;
  } catch (error) {
    if (error instanceof ApiError) return messageOf(error);
    throw error;
  }
}
