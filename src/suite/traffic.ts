import type { Assertion, Expectation, Step } from '../model/assertion.ts';

/** Whether anything is asked of the traffic between pods. Loads that nothing is read of only have to be sent, whatever the mesh makes of them. */
export function sendsTraffic(assertion: Assertion): boolean {
  return sendsBesideLoads(assertion) || assertion.steps.some((step) => 'measure' in step && step.measure.read !== undefined);
}

/** Whether an assertion sends requests that belong to no load. */
export function sendsBesideLoads({ steps }: Assertion): boolean {
  return steps.some(sends);
}

const sending = ['eventually', 'always', 'throughout', 'sample', 'record', 'hold'];

/** What should have been refused is looked at where its excuse says what the traffic does. */
function sends(step: Step): boolean {
  return 'rejected' in step ? step.otherwise !== undefined && says(step.otherwise) : sending.some((verb) => verb in step);
}

function says({ allowed = [], denied = [], answered = [] }: Expectation): boolean {
  return allowed.length + denied.length + answered.length > 0;
}
