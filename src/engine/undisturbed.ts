import { disturbance, pulseOf, steadyPulse } from '../fixture/health.ts';
import { judgeLast } from '../judge/index.ts';
import type { RawObservation } from '../model/observation.ts';
import type { Planned } from '../suite/index.ts';
import { pause, type RunContext } from './context.ts';
import type { Workspace } from './workspace.ts';

/**
 * Runs an assertion and, where it did not come true, makes sure that it was not the test bed: a pod that restarted or was unready meanwhile got no
 * traffic from the cluster, whatever the mesh would have done, and a mesh whose own pods were disturbed told nobody of a change. Then nothing that was seen counts.
 * Pods that the assertion itself made come and go are no disturbance. What time-outs alone say against a mesh counts `again` only: a machine that has no time for
 * it shows the same, a mesh that loses what it is sent does so twice.
 */
export async function undisturbed({ lane, moved }: Workspace, { assertion }: Planned, context: RunContext, again: boolean, use: () => Promise<RawObservation>): Promise<RawObservation> {
  const { cluster, mesh, patience, signal } = context;
  const before = await steadyPulse(lane, mesh, cluster, patience.profile.readyMs, (milliseconds) => pause(milliseconds, signal));
  const raw = await use();
  if (raw.outcome !== 'observed') return raw;
  const judged = judgeLast(assertion.steps, raw.steps);
  if (judged?.outcome === 'held') return raw;
  const trouble = disturbance(lane, before, await pulseOf(lane, mesh, cluster), moved);
  if (trouble !== undefined) return { outcome: 'errored', code: 'POD_NOT_READY', reason: `the test bed was disturbed while the assertion ran: ${trouble}`, steps: raw.steps };
  const isDoubtful = judged?.outcome === 'unproven' || (judged?.outcome === 'violated' && judged.byTimeouts === true && !again);
  return isDoubtful ? { outcome: 'errored', code: 'UNPROVEN', reason: judged.reason, steps: raw.steps } : raw;
}
