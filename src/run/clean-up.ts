import { setTimeout as sleep } from 'node:timers/promises';
import { pollDelays } from '../cluster/poll.ts';
import type { Cluster, KubeObject } from '../cluster/port.ts';
import { runLabel } from '../fixture/names.ts';
import { messageOf } from '../model/errors.ts';

/** What is left of a run after its clean-up; empty when nothing is. */
export interface Leftovers {
  namespaces: string[];
  reason?: string;
}

/**
 * Deletes every namespace that bears the run's label and watches them go. It does not listen to the run's cancel: a stopped run is cleaned as well.
 * Everything that a run creates lives in its namespaces. Never rejects: what could not be deleted is in the answer.
 */
export async function cleanUp(cluster: Cluster, runId: string, limitMs: number): Promise<Leftovers> {
  const deadline = performance.now() + limitMs;
  let left: KubeObject[] = [];
  try {
    for (const delay of pollDelays()) {
      left = await cluster.list({ apiVersion: 'v1', kind: 'Namespace', labels: { [runLabel]: runId } });
      if (left.length === 0) return { namespaces: [] };
      const standing = left.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      await Promise.all(standing.map(({ metadata }) => cluster.delete({ apiVersion: 'v1', kind: 'Namespace', name: metadata.name })));
      if (performance.now() > deadline) return { namespaces: left.map(({ metadata }) => metadata.name), reason: stuckBecause(left) };
      await sleep(delay === 0 ? 50 : delay);
    }
  } catch (error) {
    return { namespaces: left.map(({ metadata }) => metadata.name), reason: messageOf(error) };
  }
  return { namespaces: [] };
}

/** A namespace says in its conditions what holds it. */
function stuckBecause(namespaces: KubeObject[]): string {
  const conditions = namespaces.flatMap(({ status }) => ((status ?? {}) as { conditions?: { status: string; message?: string }[] }).conditions ?? []);
  const messages = conditions.filter(({ status }) => status === 'True').flatMap(({ message }) => (message === undefined ? [] : [message]));
  return messages.length === 0 ? 'they are being deleted, but were not gone in time' : [...new Set(messages)].join('; ');
}
