import { ConformanceError } from '../../model/errors.ts';
import { correctDecisions, startWarnings } from '../../reference/dataplane/index.ts';
import type { Fault } from '../../reference/faults/index.ts';
import { createMetricsApi, createTrafficLog } from '../../reference/metrics/index.ts';
import { createNetwork } from '../../reference/network/index.ts';
import { startPods } from '../../reference/pods/index.ts';
import { createStore } from '../../reference/store/index.ts';
import type { ServedVersions } from '../../reference/store/smi.ts';
import { nearest } from '../../yaml/nearest.ts';
import type { Cluster } from '../port.ts';
import { clusterOver } from './cluster.ts';
import { installMesh, meshImage } from './mesh-objects.ts';

export interface EmbeddedOptions {
  /** A wrong behaviour of the reference mesh to switch on, by name. */
  fault?: string;
  /** SMI versions by group, in place of those that the fault asks for or the latest release has; an empty list leaves a group out. */
  served?: Partial<ServedVersions>;
  /** Whether the metrics API is there; it is, where nothing is said. */
  metrics?: boolean;
}

/**
 * Starts the reference cluster with the reference mesh in this process: objects in memory, pods as listeners on 127.0.0.1. Closing it ends them all.
 * Rejects with `ConformanceError` BAD_INPUT for a fault that does not exist.
 */
export async function openEmbedded({ fault, served, metrics = true }: EmbeddedOptions = {}): Promise<Cluster> {
  const wrong = fault === undefined ? undefined : await faultNamed(fault);
  const versions = { ...wrong?.served, ...served };
  // Where nothing can be permitted nothing is denied: as with a mesh that has no access control.
  const right = versions.access?.length === 0 ? { ...correctDecisions, authorise: () => 'open' as const } : correctDecisions;
  const decisions = wrong === undefined ? right : wrong.apply(right);
  const store = createStore({ clock: () => new Date(), decisions: decisions.store, served: versions });
  startWarnings(store, decisions);
  const log = createTrafficLog();
  const network = createNetwork(store, decisions, log);
  const pods = startPods({ store, network, proxyImage: meshImage });
  const cluster = clusterOver({ store, pods, network, ...(metrics && { metrics: createMetricsApi(store, log, decisions.metrics) }) });
  try {
    await installMesh(store);
  } catch (error) {
    await cluster.close();
    throw error;
  }
  return cluster;
}

async function faultNamed(name: string): Promise<Fault> {
  const { faults, findFault } = await import('../../reference/faults/index.ts');
  const fault = findFault(name);
  if (fault !== undefined) return fault;
  const names = faults.map((one) => one.name);
  const meant = nearest(name, names);
  const hint = meant.length > 0 ? `did you mean ${meant.join(' or ')}?` : `the faults are ${names.join(', ')}.`;
  throw new ConformanceError('BAD_INPUT', `the reference mesh has no fault ${JSON.stringify(name)}: ${hint} See list --faults.`);
}
