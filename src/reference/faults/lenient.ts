import type { StoreDecisions } from '../store/admission.ts';

/** A store whose definition of a kind takes whatever has the right layout: nothing is required, and any value will do. */
export function lenient(decisions: StoreDecisions, kind: string): StoreDecisions {
  return { ...decisions, refuses: (object, problems) => (object.kind === kind ? [] : decisions.refuses(object, problems)) };
}
