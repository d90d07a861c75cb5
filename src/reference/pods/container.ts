import { messageOf } from '../../model/errors.ts';
import { startProbe } from '../../probe/agent.ts';
import { readProbeConfig } from '../../probe/config.ts';
import { controlPort } from '../../probe/protocol.ts';
import type { PodNetwork } from '../contract.ts';

/** What came of starting a container. */
export type Started = { is: 'running'; close(): Promise<void> } | { is: 'crashing'; restarts: number; message: string };

/** A container is given up after this many restarts; nothing outside the process could mend it. */
const maxRestarts = 3;

/**
 * Starts what a container runs: the probe, in this process, where its environment configures one; nothing otherwise, as images cannot be run here.
 * What it prints goes to `log`.
 */
export async function startContainer(environment: Record<string, string>, network: PodNetwork, log: (line: string) => void): Promise<Started> {
  if (environment['PROBE_CONFIG'] === undefined) return { is: 'running', close: () => Promise.resolve() };
  for (let restarts = 0; ; restarts += 1) {
    try {
      const config = readProbeConfig(environment);
      const probe = await startProbe(config, network);
      log(JSON.stringify({ ready: true, pod: config.pod, workload: config.workload, listeners: config.listeners, controlPort }));
      return { is: 'running', close: () => probe.close() };
    } catch (error) {
      const message = messageOf(error);
      log(message);
      if (restarts === maxRestarts) return { is: 'crashing', restarts, message };
    }
  }
}
