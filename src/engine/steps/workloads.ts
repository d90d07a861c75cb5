import { restartWorkload, scaleWorkload, startWorkloads, stopWorkloads } from '../../fixture/change.ts';
import type { LaneOptions } from '../../fixture/lane.ts';
import { homeOf, qualified } from '../../fixture/names.ts';
import type { Scaled } from '../../model/assertion.ts';
import type { StepObservation } from '../../model/observation.ts';
import { pause, type RunContext } from '../context.ts';
import type { Workspace } from '../workspace.ts';

/** `start`: starts workloads that the fixture declares as late; over when their pods are ready and answer. */
export async function startStep(references: string[], workspace: Workspace, context: RunContext): Promise<StepObservation> {
  return changed('start', references.map((workload) => ({ workload, replicas: replicasOf(workload, workspace) })), workspace, context, async (options) => {
    workspace.created.push(...(await startWorkloads(workspace.lane, references, options)));
  });
}

/** `restart`: other pods take the place of a workload's. */
export async function restartStep(references: string[], workspace: Workspace, context: RunContext): Promise<StepObservation> {
  return changed('restart', references.map((workload) => ({ workload, replicas: replicasOf(workload, workspace) })), workspace, context, async (options) => {
    for (const reference of references) await restartWorkload(workspace.lane, reference, options);
  });
}

/** `scale`: gives workloads another number of pods. */
export async function scaleStep(scaled: Scaled[], workspace: Workspace, context: RunContext): Promise<StepObservation> {
  return changed('scale', scaled, workspace, context, async (options) => {
    for (const { workload, replicas } of scaled) await scaleWorkload(workspace.lane, workload, replicas, options);
  });
}

/** Gives every workload the number of pods that the fixture says, and removes those that were started. */
export async function restoreWorkloads(workspace: Workspace, context: RunContext): Promise<void> {
  const { lane, created, scaled } = workspace;
  if (created.length === 0 && scaled.size === 0) return;
  const options = optionsOf(context);
  if (created.length > 0) await stopWorkloads(lane, created, options);
  for (const reference of scaled) await scaleWorkload(lane, reference, replicasOf(reference, workspace), options);
  workspace.changedAt = context.now();
  created.length = 0;
  scaled.clear();
}

async function changed(
  verb: 'start' | 'restart' | 'scale', workloads: Scaled[], workspace: Workspace, context: RunContext, change: (options: LaneOptions) => Promise<void>,
): Promise<StepObservation> {
  const began = context.now();
  for (const { workload } of workloads) workspace.moved.add(workload);
  if (verb === 'scale') for (const { workload } of workloads) workspace.scaled.add(workload);
  await change(optionsOf(context));
  workspace.changedAt = context.now();
  return { verb, workloads, durationMs: Math.round(context.now() - began) };
}

function replicasOf(reference: string, { lane: { fixture } }: Workspace): number {
  const wanted = qualified(fixture, reference);
  return fixture.workloads.find(({ name, namespace = homeOf(fixture) }) => name === wanted.name && namespace === wanted.namespace)?.replicas ?? 1;
}

function optionsOf({ cluster, runId, mesh, probeImage, probeSource, patience, signal }: RunContext): LaneOptions {
  return { cluster, runId, mesh, probeImage, probeSource, workloads: [], readyMs: patience.profile.readyMs, wait: (milliseconds) => pause(milliseconds, signal) };
}
