import { setTimeout as sleep } from 'node:timers/promises';
import { pollDelays } from '../cluster/poll.ts';
import { ApiError, type Cluster, type KubeObject } from '../cluster/port.ts';
import { runLabel } from '../fixture/names.ts';
import { removeNamespace } from '../fixture/remove.ts';
import { messageOf } from '../model/errors.ts';

/** What is left of a run after its clean-up; empty when nothing is. */
export interface Leftovers {
  namespaces: string[];
  reason?: string;
}

export interface CleanUp {
  /** Until all has to be gone. */
  limitMs: number;
  /** How long an API server that is away is waited for; as long as there is time where absent. */
  awayMs?: number;
  /** The run's cancel: whoever sent it kills soon, so that from then on nobody waits for a server that is away. */
  signal?: AbortSignal;
}

/** What one call of a clean-up may take once the run was cancelled: a runner kills seven and a half seconds after it has asked. */
export const hurryMs = 3_000;

/**
 * Deletes every namespace that bears the run's label and watches them go. The run's cancel does not end it: a stopped run is cleaned as well.
 * Everything that a run creates lives in its namespaces. Never rejects: what could not be deleted is in the answer.
 */
export async function cleanUp(cluster: Cluster, runId: string, { limitMs, awayMs = limitMs, signal = new AbortController().signal }: CleanUp): Promise<Leftovers> {
  const deadline = performance.now() + limitMs;
  const asked = cluster.until(signal, hurryMs);
  let left: KubeObject[] = [];
  let answeredAt = performance.now();
  for (const delay of pollDelays()) {
    let trouble: string | undefined;
    try {
      left = await asked.list({ apiVersion: 'v1', kind: 'Namespace', labels: { [runLabel]: runId } });
      if (left.length === 0) return { namespaces: [] };
      const standing = left.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      await Promise.all(standing.map(async ({ metadata }) => removeNamespace(metadata.name, asked)));
      answeredAt = performance.now();
    } catch (error) {
      trouble = messageOf(error);
      const mayReturn = error instanceof ApiError && error.isAway && !signal.aborted && performance.now() - answeredAt < awayMs;
      if (!mayReturn) return { namespaces: namesOf(left), reason: trouble };
    }
    if (performance.now() > deadline) return { namespaces: namesOf(left), reason: trouble ?? stuckBecause(left) };
    await sleep(delay === 0 ? 50 : delay);
  }
  return { namespaces: [] };
}

function namesOf(namespaces: readonly KubeObject[]): string[] {
  return namespaces.map(({ metadata }) => metadata.name);
}

/** A namespace says in its conditions what holds it. */
function stuckBecause(namespaces: readonly KubeObject[]): string {
  const conditions = namespaces.flatMap(({ status }) => ((status ?? {}) as { conditions?: { status: string; message?: string }[] }).conditions ?? []);
  const messages = conditions.filter(({ status }) => status === 'True').flatMap(({ message }) => (message === undefined ? [] : [message]));
  return messages.length === 0 ? 'they are being deleted, but were not gone in time' : [...new Set(messages)].join('; ');
}
