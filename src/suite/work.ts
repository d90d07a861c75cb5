import type { Planned } from './plan.ts';

/** How much an assertion has to wait for: each change, and the way back to the baseline. Next to those, all else takes no time. */
export function workOf({ assertion: { kind, steps } }: Planned): number {
  return kind === 'presence' ? 0 : 1 + steps.filter((step) => !('eventually' in step || 'always' in step || 'sample' in step || 'observe' in step)).length;
}
