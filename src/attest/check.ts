import type { Outcome } from './identity.ts';

/** In the order in which they are made. */
export const checkNames = ['report', 'bundle', 'signature', 'identity', 'digest', 'statement', 'time', 'figures', 'catalogue', 'added', 'account'] as const;

export interface Check extends Outcome {
  name: (typeof checkNames)[number];
}

/** Checks that could not be made for what came before, and so do not hold. */
export function notMade(names: readonly Check['name'][], because: string): Check[] {
  return names.map((name) => ({ name, ok: false, detail: `not checked: it needs ${because}` }));
}
