import type { Instead, Named, PatchOf, Resource } from '../../model/assertion.ts';
import { ConformanceError } from '../../model/errors.ts';
import type { StepObservation, Write } from '../../model/observation.ts';
import { mergePatch } from '../../suite/index.ts';
import type { RunContext } from '../context.ts';
import { converge } from '../converge.ts';
import { itemsOf } from '../expect.ts';
import { look } from '../look.ts';
import { keyOf, remove, type Workspace, write } from '../workspace.ts';

/** `apply`: creates or replaces each resource, in order; ends at the first that the server refuses. */
export async function applyStep(resources: Resource[], workspace: Workspace, context: RunContext): Promise<StepObservation> {
  return { verb: 'apply', writes: await untilRefused(resources, workspace, context) };
}

/** `patch`: a JSON merge patch on the newest form of what was applied before, written as a whole in the version under test. */
export async function patchStep(patch: PatchOf, workspace: Workspace, context: RunContext): Promise<StepObservation> {
  const entry = workspace.written.get(keyOf(patch, workspace));
  if (entry === undefined) throw new ConformanceError('BAD_ASSERTION', `${patch.kind} ${patch.name} was never applied, so it cannot be patched`);
  const resource = { ...entry.resource, spec: mergePatch(entry.resource.spec, patch.spec) as Record<string, unknown> };
  return { verb: 'patch', writes: await untilRefused([resource], workspace, context) };
}

/** `delete`: asks for the deletion of each; that they are gone is for `observe` to see. */
export async function deleteStep(objects: Named[], workspace: Workspace, context: RunContext): Promise<StepObservation> {
  await context.tide.board(workspace.lane.name);
  for (const named of objects) await remove(named, workspace, context);
  return { verb: 'delete', objects };
}

/** `try`: sends every resource, which the server may store or refuse. */
export async function tryStep(resources: Resource[], workspace: Workspace, context: RunContext): Promise<StepObservation> {
  return { verb: 'try', writes: await sendAll(resources, workspace, context) };
}

/**
 * `rejected`: sends every resource; each must be refused. What is stored all the same stays until the lane is reset; where that is excused
 * by what traffic then does, the traffic is looked at.
 */
export async function rejectedStep(resources: Resource[], otherwise: Instead | undefined, workspace: Workspace, context: RunContext): Promise<StepObservation> {
  const writes = await sendAll(resources, workspace, context);
  const items = otherwise === undefined || writes.every(({ outcome }) => outcome === 'refused') ? [] : itemsOf(otherwise, 'measure');
  if (otherwise === undefined || items.length === 0) return { verb: 'rejected', writes };
  const reached = await converge(workspace.lane, itemsOf(otherwise, 'converge'), workspace.changedAt, context);
  const lesser = reached.convergenceMs === undefined ? reached.looks.lastFailing : await look(workspace.lane, items, 'otherwise', context);
  return { verb: 'rejected', writes, ...(lesser === undefined ? {} : { otherwise: lesser }) };
}

async function sendAll(resources: Resource[], workspace: Workspace, context: RunContext): Promise<Write[]> {
  await context.tide.board(workspace.lane.name);
  const writes: Write[] = [];
  for (const resource of resources) writes.push(await write(resource, workspace, context));
  return writes;
}

async function untilRefused(resources: Resource[], workspace: Workspace, context: RunContext): Promise<Write[]> {
  await context.tide.board(workspace.lane.name);
  const writes: Write[] = [];
  for (const resource of resources) {
    const done = await write(resource, workspace, context);
    writes.push(done);
    if (done.outcome === 'refused') break;
  }
  return writes;
}
