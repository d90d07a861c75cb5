import type { Planned } from './plan.ts';

/** How much an assertion has to wait for: each change, the way back to the baseline, and a sample of weights, which takes as long. Next to those, all else takes no time. */
export function workOf({ assertion: { kind, steps } }: Planned): number {
  return kind === 'presence' ? 0 : 1 + steps.filter((step) => !('eventually' in step || 'always' in step || 'observe' in step)).length;
}
