import { pollDelays } from '../cluster/poll.ts';
import type { Lane } from '../fixture/lane.ts';
import { joined, trafficText } from '../judge/index.ts';
import type { Assertion, Step } from '../model/assertion.ts';
import type { Look } from '../model/observation.ts';
import { isWrite } from '../suite/index.ts';
import { pause, type RunContext } from './context.ts';
import { itemOfSample, itemsOf, scoutsOf } from './expect.ts';
import { glance, type Item, look } from './look.ts';

/** Looks in a row that must show it gone: one may have met a request that was lost, or a mesh in the middle of a change. */
const streakLength = 2;

/** What was seen before an assertion's first change. */
export interface Before {
  /** Whether anything was sent. */
  looked: boolean;
  /** All that the change is to bring about, in words, where it was there until the mesh's time was up: then nothing can be seen to arrive. */
  there?: string;
}

/**
 * Waits, before an assertion's first change, until nothing is there of what the change is to allow, nor all of what it is to bring about otherwise. A baseline
 * tells only of the traffic that it names, and a mesh may take back the rest of a permission later (Open Service Mesh: connections after requests): what one
 * assertion leaves behind would be taken for what the next one's change did. What was open all along is no trace of one; it costs the mesh's time.
 */
export async function untilNotThere(lane: Lane, assertion: Pick<Assertion, 'steps'>, context: RunContext): Promise<Before> {
  const items = broughtAbout(assertion.steps);
  if (items.length === 0) return { looked: false };
  const deadline = context.now() + context.patience.deadlineMs();
  let streak = 0;
  for (const delay of pollDelays()) {
    const scout = await glance(lane, scoutsOf(items), 'converge', context);
    streak = isTraceOf(scout) ? 0 : streak + 1;
    if (streak === streakLength) return { looked: true };
    if (context.now() >= deadline) break;
    if (streak === 0) await pause(delay, context.signal);
  }
  const whole = await look(lane, items, 'converge', context);
  return { looked: true, ...(whole.holds ? { there: joined(items.map(({ traffic }) => trafficText(traffic))) } : {}) };
}

/** Traffic that is to be allowed tells by a single answer; who answers, and how often, tells only as a whole. */
function isTraceOf({ seen, holds }: Look): boolean {
  return holds || seen.some(({ expected, answers }) => expected.outcome === 'allowed' && Object.keys(answers).length > 0);
}

/** What is awaited of the first change, where nothing is looked at before it: that would show what was there. */
function broughtAbout(steps: readonly Step[]): Item[] {
  const first = steps.find((step) => !isWrite(step) && !prepares(step));
  if (first === undefined || !steps.slice(0, steps.indexOf(first)).some(isWrite)) return [];
  if ('eventually' in first) return itemsOf(first.eventually, 'converge');
  return 'sample' in first ? [itemOfSample(first.sample, 'converge')] : [];
}

function prepares(step: Step): boolean {
  return 'hold' in step || 'scale' in step;
}
