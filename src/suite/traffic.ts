import type { Assertion } from '../model/assertion.ts';
import { lesserWishesOf, wishesOf } from './wishes.ts';

/** Whether anything is asked of the traffic between pods. Loads that nothing is read of only have to be sent, whatever the mesh makes of them. */
export function sendsTraffic(assertion: Assertion): boolean {
  return sendsBesideLoads(assertion) || assertion.steps.some((step) => 'measure' in step && step.measure.read !== undefined);
}

/** Whether an assertion sends requests that belong to no load. What should have been refused is looked at where its excuse says what the traffic does. */
export function sendsBesideLoads({ steps }: Assertion): boolean {
  return steps.some((step, index) => wishesOf({ step, index }).length + lesserWishesOf({ step, index }).length > 0);
}
