import type { Expectation, Otherwise, Recorded, Sample } from '../../model/assertion.ts';
import type { Look, StepObservation } from '../../model/observation.ts';
import { alphas, splitIntervals } from '../../judge/index.ts';
import { pause, type RunContext } from '../context.ts';
import { converge } from '../converge.ts';
import { itemOfRecorded, itemOfSample, itemsOf } from '../expect.ts';
import { look } from '../look.ts';
import type { Workspace } from '../workspace.ts';

/** `eventually`: waits for a streak of looks that hold, then takes the look that decides: fresh requests, full size. */
export async function eventuallyStep(expectation: Expectation, otherwise: Otherwise | undefined, workspace: Workspace, context: RunContext): Promise<StepObservation> {
  const reached = await converge(workspace.lane, itemsOf(expectation, 'converge'), workspace.changedAt, context);
  if (reached.convergenceMs === undefined) {
    const instead = await lookInstead(otherwise, workspace, context);
    return { verb: 'eventually', deadlineMs: reached.deadlineMs, looks: reached.looks, ...instead };
  }
  context.patience.learned(reached.convergenceMs);
  const measured = await look(workspace.lane, itemsOf(expectation, 'measure'), 'measure', context);
  return { verb: 'eventually', ...reached, measured, ...(measured.holds ? {} : await lookInstead(otherwise, workspace, context)) };
}

/** `always`: one look at full size, now. */
export async function alwaysStep(expectation: Expectation, otherwise: Otherwise | undefined, workspace: Workspace, context: RunContext): Promise<StepObservation> {
  const measured = await look(workspace.lane, itemsOf(expectation, 'measure'), 'measure', context);
  return { verb: 'always', measured, ...(measured.holds ? {} : await lookInstead(otherwise, workspace, context)) };
}

/** `throughout`: looks again and again for as long as the profile says, and ends with one at full size, or with the first that does not hold. */
export async function throughoutStep(expectation: Expectation, workspace: Workspace, context: RunContext): Promise<StepObservation> {
  const began = context.now();
  const { holdMs } = context.patience.profile;
  let count = 0;
  for (;;) {
    const isLast = context.now() - began >= holdMs;
    const taken = await look(workspace.lane, itemsOf(expectation, isLast ? 'measure' : 'converge'), isLast ? 'measure' : 'converge', context);
    count += 1;
    if (isLast || !taken.holds) return { verb: 'throughout', durationMs: Math.round(context.now() - began), looks: { count, ...(taken.holds ? {} : { lastFailing: taken }) }, measured: taken };
    await pause(Math.min(1_000, holdMs / 10), context.signal);
  }
}

/** `record`: one look of which nothing is required. */
export async function recordStep(recorded: Recorded[], workspace: Workspace, context: RunContext): Promise<StepObservation> {
  return { verb: 'record', measured: await look(workspace.lane, recorded.map(itemOfRecorded), 'record', context) };
}

/** `sample`: coarse windows until the weights seem to be in force, then one sample of fresh connections, which alone is judged. */
export async function sampleStep(sample: Sample, workspace: Workspace, context: RunContext): Promise<StepObservation> {
  const reached = await converge(workspace.lane, [itemOfSample(sample, 'converge')], workspace.changedAt, context);
  if (reached.convergenceMs !== undefined) context.patience.learned(reached.convergenceMs);
  const measured = await steadySample(sample, workspace, context);
  const answers = measured.seen[0]?.answers ?? {};
  const intervals = splitIntervals(sample.attempts, sample.shares, alphas.measure).map((bounds) => ({ ...bounds, seen: answers[bounds.workload] ?? 0 }));
  return { verb: 'sample', ...reached, measured, intervals };
}

/** Failed connections are no samples: a look in which some failed says nothing about weights, so it is taken once more, and only once. */
async function steadySample(sample: Sample, workspace: Workspace, context: RunContext): Promise<Look> {
  const first = await look(workspace.lane, [itemOfSample(sample, 'measure')], 'measure', context);
  const refused = Object.values(first.seen[0]?.refusals ?? {}).reduce((sum, count) => sum + count, 0);
  if (refused === 0 || sample.refused !== undefined) return first;
  await pause(context.patience.profile.requestMs, context.signal);
  return look(workspace.lane, [itemOfSample(sample, 'measure')], 'measure', context);
}

async function lookInstead(otherwise: Otherwise | undefined, workspace: Workspace, context: RunContext): Promise<{ otherwise?: Look }> {
  if (otherwise === undefined) return {};
  return { otherwise: await look(workspace.lane, itemsOf(otherwise, 'measure'), 'otherwise', context) };
}
