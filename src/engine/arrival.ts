import { pollDelays } from '../cluster/poll.ts';
import type { Lane } from '../fixture/lane.ts';
import { joined, trafficText } from '../judge/index.ts';
import type { Assertion, Step } from '../model/assertion.ts';
import { ConformanceError } from '../model/errors.ts';
import { pause, type RunContext } from './context.ts';
import { itemOfSample, itemsOf, scoutsOf } from './expect.ts';
import { type Item, look } from './look.ts';

/**
 * Waits, before an assertion's first change, until what the change is to bring about is not there. A baseline tells only of the traffic that it names, and a mesh
 * may take back the rest of a permission later (Open Service Mesh: connections after requests): what one assertion leaves behind would be taken for what the next
 * one's change did. Resolves to whether anything was sent. Rejects with NO_BASELINE where it stays: then nothing could be seen to arrive.
 */
export async function untilNotThere(lane: Lane, assertion: Pick<Assertion, 'steps'>, context: RunContext): Promise<boolean> {
  const items = broughtAbout(assertion.steps);
  if (items.length === 0) return false;
  const deadline = context.now() + context.patience.deadlineMs();
  for (const delay of pollDelays()) {
    const isThere = (await look(lane, scoutsOf(items), 'converge', context)).holds && (await look(lane, items, 'converge', context)).holds;
    if (!isThere) return true;
    if (context.now() >= deadline) break;
    await pause(delay, context.signal);
  }
  throw new ConformanceError('NO_BASELINE', `lane ${lane.name} showed before anything was changed in it what the change is to bring about: ${joined(items.map(({ traffic }) => trafficText(traffic)))}`);
}

/** What is awaited of the first change, where nothing is looked at before it: that would show what was there. */
function broughtAbout(steps: readonly Step[]): Item[] {
  const first = steps.find((step) => !changes(step) && !prepares(step));
  if (first === undefined || !steps.slice(0, steps.indexOf(first)).some(changes)) return [];
  if ('eventually' in first) return itemsOf(first.eventually, 'converge');
  return 'sample' in first ? [itemOfSample(first.sample, 'converge')] : [];
}

function changes(step: Step): boolean {
  return 'apply' in step || 'patch' in step || 'delete' in step || 'try' in step;
}

function prepares(step: Step): boolean {
  return 'hold' in step || 'scale' in step;
}
