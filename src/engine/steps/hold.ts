import type { Held } from '../../model/assertion.ts';
import { ConformanceError } from '../../model/errors.ts';
import type { HeldSeen, StepObservation } from '../../model/observation.ts';
import { probeOf } from '../address.ts';
import type { RunContext } from '../context.ts';
import { requestOf } from '../look.ts';
import type { HeldTraffic, Workspace } from '../workspace.ts';

/** Milliseconds between two attempts of held traffic: often enough to tell when it was cut, seldom enough to load nothing. */
const everyMs = 100;
let held = 0;

/** `hold`: begins traffic that goes on beside the steps that follow. Over when its first attempt has ended, whichever way. */
export async function holdStep(wanted: Held, workspace: Workspace, context: RunContext): Promise<StepObservation> {
  const { client } = probeOf(workspace.lane, wanted.from);
  const { as, connection, ...traffic } = wanted;
  const name = `${context.runId}-held-${(held += 1).toString(36)}`;
  const request = await requestOf(workspace.lane, { traffic, attempts: 0, ...(connection === 'fresh' ? {} : { connection: 'kept' as const }) }, 0, context);
  await client.hold({ name, request, everyMs, timeoutMs: context.patience.profile.requestMs });
  workspace.held.set(as, { name, client, traffic, connection: connection ?? 'kept', since: context.now() });
  return { verb: 'hold', name: as, traffic };
}

/** `release`: ends held traffic and gathers what became of it. */
export async function releaseStep(as: string, workspace: Workspace, context: RunContext): Promise<StepObservation> {
  const one = workspace.held.get(as);
  if (one === undefined) throw new ConformanceError('BAD_ASSERTION', `no traffic is held as ${as} at this step`);
  workspace.held.delete(as);
  return { verb: 'release', name: as, held: await released(one, workspace.changedAt, context) };
}

/** Ends whatever is still held. */
export async function releaseAll(workspace: Workspace): Promise<void> {
  const left = [...workspace.held.values()];
  workspace.held.clear();
  await Promise.all(left.map(async ({ client, name }) => client.release(name)));
}

async function released({ client, name, traffic, connection, since }: HeldTraffic, changedAt: number, context: RunContext): Promise<HeldSeen> {
  const { attempts, answers, refusals, refusedAtMs } = await client.release(name);
  const byWorkload: Record<string, number> = {};
  for (const { workload, count } of answers) byWorkload[workload] = (byWorkload[workload] ?? 0) + count;
  // The probe's clock counts from the beginning of the hold.
  const change = changedAt - since;
  const broken = refusedAtMs.find((at) => at >= change);
  return { traffic, connection, durationMs: Math.round(context.now() - since), attempts, answers: byWorkload, refusals, ...(broken === undefined ? {} : { brokenAfterMs: Math.round(broken - change) }) };
}
