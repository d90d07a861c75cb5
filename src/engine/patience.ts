import type { TimingName } from '../model/request.ts';
import type { TimingProfile } from '../model/report.ts';

const profiles: Record<TimingName, TimingProfile> = {
  standard: { name: 'standard', applyMs: 120_000, applyFactor: 4, applyFloorMs: 40_000, readyMs: 180_000, deleteMs: 60_000, awayMs: 60_000, requestMs: 2_000, holdMs: 30_000, metrics: { windowMs: 30_000, density: 10, settleMs: 150_000, readings: 3, pauseMs: 15_000 } },
  patient: { name: 'patient', applyMs: 300_000, applyFactor: 8, applyFloorMs: 60_000, readyMs: 600_000, deleteMs: 180_000, awayMs: 180_000, requestMs: 5_000, holdMs: 60_000, metrics: { windowMs: 30_000, density: 10, settleMs: 300_000, readings: 5, pauseMs: 30_000 } },
  // In one process every change is in force at once; the time is for machines that are short of it.
  embedded: { name: 'embedded', applyMs: 10_000, applyFactor: 4, applyFloorMs: 1_500, readyMs: 20_000, deleteMs: 10_000, awayMs: 10_000, requestMs: 2_000, holdMs: 300, metrics: { windowMs: 1_000, density: 1, settleMs: 2_300, readings: 3, pauseMs: 150 } },
};

/** The time-outs of that name. */
export function timingProfile(name: TimingName): TimingProfile {
  return profiles[name];
}

/**
 * How long a change may take to be in force. A mesh that has shown in this run how slow it is gets a multiple of that;
 * until then it gets the whole time-out. So a mesh that never does what it should costs seconds, not minutes, and a slow one is not failed.
 */
export interface Patience {
  profile: TimingProfile;
  /** Milliseconds allowed to the change that is being waited for now. */
  deadlineMs(): number;
  /** Tells it that a change took this long, in milliseconds. */
  learned(convergenceMs: number): void;
}

export function createPatience(profile: TimingProfile): Patience {
  let slowest: number | undefined;
  return {
    profile,
    deadlineMs: () => (slowest === undefined ? profile.applyMs : Math.min(profile.applyMs, Math.max(profile.applyFloorMs, slowest * profile.applyFactor))),
    learned: (convergenceMs) => {
      slowest = Math.max(slowest ?? 0, convergenceMs);
    },
  };
}

/** Patience with a change of which nothing is required: how long it takes, if it comes at all, is no measure of others. */
export function withoutLearning(patience: Patience): Patience {
  return { ...patience, learned: () => undefined };
}
