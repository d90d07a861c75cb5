import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { openKubernetes } from '../../src/cluster/kubernetes/index.ts';
import type { Cluster } from '../../src/cluster/port.ts';
import { detectMesh, loadDefinitions } from '../../src/mesh/index.ts';
import type { MeshFacts } from '../../src/model/report.ts';

/** The cluster that `KUBECONFIG` points at. */
export const openCluster = (): Promise<Cluster> => openKubernetes(process.env['KUBECONFIG'] === undefined ? {} : { kubeconfig: process.env['KUBECONFIG'] });

/** The mesh that runs on it, by the bundled definitions; `none` where no pod of any is there. */
export async function meshOn(cluster: Cluster): Promise<Pick<MeshFacts, 'id' | 'version'>> {
  const definitions = await loadDefinitions(join(import.meta.dirname, '../../meshes'));
  for (const definition of definitions) {
    const { detect } = definition;
    if (detect === undefined || definition.status === 'reference') continue;
    const pods = await cluster.list({ apiVersion: 'v1', kind: 'Pod', labels: detect.labels });
    if (pods.length > 0) return detectMesh(cluster, definition);
  }
  return { id: 'none', version: 'none' };
}

/** Names of the namespaces that any run has made and that are still there, also those that are going. */
export async function namespacesOfRuns(cluster: Cluster): Promise<string[]> {
  const all = await cluster.list({ apiVersion: 'v1', kind: 'Namespace' });
  return all.filter(({ metadata }) => metadata.labels?.['smi-conformance/run'] !== undefined).map(({ metadata }) => metadata.name);
}

/** Polls until a condition holds; rejects with its description after the limit. */
export async function until(what: string, limitMs: number, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not in ${limitMs / 1000} s: ${what}`);
    await sleep(100);
  }
}
