import type { Step } from '../model/assertion.ts';
import type { Planned } from './plan.ts';

/** What waiting in vain costs on the mean where a mesh may well do otherwise: what is no must takes twice as long as a must of as many changes. */
const doubt = 3;

/** What datagrams cost that are dropped in silence: each look at them takes a second, which next to a mesh that takes changes at once is as long as a dozen of those. */
const silence = 12;

/**
 * How much an assertion has to wait for: each change, the way back to the baseline, and a sample of weights, which takes as long. Next to those, all else
 * takes no time, but for datagrams, and for a mesh that does otherwise: that is known when all its time is up.
 */
export function workOf({ assertion: { kind, requirement, steps } }: Planned): number {
  if (kind === 'presence') return 0;
  const changes = steps.filter((step) => !('eventually' in step || 'always' in step || 'observe' in step)).length;
  return 1 + changes + (requirement.level === 'must' ? 0 : doubt) + (steps.some(sendsDatagrams) ? silence : 0);
}

function sendsDatagrams(step: Step): boolean {
  const { allowed = [], denied = [] } = 'eventually' in step ? step.eventually : 'always' in step ? step.always : {};
  return [...allowed, ...denied].some(({ protocol }) => protocol === 'udp');
}
