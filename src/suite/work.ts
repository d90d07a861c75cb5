import type { Planned } from './plan.ts';

/** What waiting in vain costs on the mean where a mesh may well do otherwise: what is no must takes twice as long as a must of as many changes. */
const doubt = 3;

/**
 * How much an assertion has to wait for: each change, the way back to the baseline, and a sample of weights, which takes as long. Next to those, all else
 * takes no time, but for a mesh that does otherwise: that is known when all its time is up.
 */
export function workOf({ assertion: { kind, requirement, steps } }: Planned): number {
  if (kind === 'presence') return 0;
  return 1 + steps.filter((step) => !('eventually' in step || 'always' in step || 'observe' in step)).length + (requirement.level === 'must' ? 0 : doubt);
}
