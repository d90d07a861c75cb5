import type { Lane } from '../fixture/lane.ts';
import type { LookSummary } from '../model/observation.ts';
import { pollDelays } from '../cluster/poll.ts';
import { pause, type RunContext } from './context.ts';
import { scoutsOf } from './expect.ts';
import { glance, type Item, look } from './look.ts';

/** Looks in a row that must hold before a state counts as reached: a configuration goes from old over mixed to new. */
const streakLength = 3;

/** How often, in milliseconds, it is looked while a change is due by the mesh's usual pace: every lane waits for the slowest, so each delay counts for all. */
const dueMs = 120;

/** How often, in milliseconds, it is looked before that, where the mesh is slow. */
const earlyMs = 400;

export interface Convergence {
  /** From the change to the first look of the streak; absent when the state was not reached in time. */
  convergenceMs?: number;
  deadlineMs: number;
  looks: LookSummary;
}

/**
 * Looks again and again, from the change at `since` on, until a streak of looks holds or the mesh's time is up. As long as nothing has changed since a look
 * that did not hold, and from the first on where the mesh is slow, a scout of a few requests goes ahead: it can only say that it is too early, never that
 * the state was reached or that time is up.
 */
export async function converge(lane: Lane, items: Item[], since: number, context: RunContext, purpose: 'converge' | 'baseline' = 'converge'): Promise<Convergence> {
  const deadlineMs = context.patience.deadlineMs();
  // A deadline counts from the change, but a state that is looked at late still gets a streak's worth of looks.
  const deadline = Math.max(since + deadlineMs, context.now() + Math.min(deadlineMs, context.patience.profile.requestMs));
  const looks: LookSummary = { count: 0 };
  const isSlow = context.tide.isSlow();
  let delays = pollDelays(isSlow ? earlyMs : 0);
  const scouts = scoutsOf(items);
  let streak = 0;
  let firstAt = 0;
  for (;;) {
    const isEarly = streak === 0 && (isSlow || looks.lastFailing !== undefined) && context.now() < deadline;
    const scout = isEarly ? await glance(lane, scouts, purpose, context) : undefined;
    const taken = scout?.holds === false ? scout : await look(lane, items, purpose, context);
    looks.count += 1;
    if (taken.holds) {
      if (streak === 0) {
        firstAt = taken.at;
        context.tide.arrived(lane.name, Math.max(0, firstAt - since));
      }
      streak += 1;
      if (streak === streakLength) return { convergenceMs: Math.round(Math.max(0, firstAt - since)), deadlineMs, looks };
      continue;
    }
    if (streak > 0) delays = pollDelays();
    streak = 0;
    looks.lastFailing = taken;
    if (context.now() >= deadline) {
      if (taken !== scout) return { deadlineMs, looks };
      continue;
    }
    await pause(Math.min(delays.next().value, context.tide.isDue(since) ? dueMs : Infinity), context.signal);
  }
}
