import { mkdir, rm } from 'node:fs/promises';
import type { Cluster } from '../cluster/port.ts';
import type { Made } from '../journal/index.ts';
import { messageOf } from '../model/errors.ts';

export interface Unmaking {
  /** The cluster that the run worked on; absent where it cannot be reached. */
  cluster: Cluster | undefined;
  kubeconfig?: string;
  /** A folder for the tools' files. */
  directory: string;
  log(line: string): void;
}

/**
 * Removes what a run made beside objects, from the last to the first: mesh, cluster, folders. A mesh on a cluster of the run's own goes with it.
 * Never rejects; resolves with what is left, in words, and tells `gone` of everything that is not.
 */
export async function unmake(made: readonly Made[], unmaking: Unmaking, gone: (one: Made) => void): Promise<string[]> {
  const ownCluster = made.some(({ what }) => what === 'cluster');
  const left: string[] = [];
  for (const one of made.toReversed()) {
    if (one.what === 'mesh' && ownCluster) continue;
    // Whoever removes the rest needs it.
    if (one.what === 'folder' && left.length > 0) continue;
    const trouble = await remove(one, unmaking);
    if (trouble === undefined) gone(one);
    else left.push(trouble);
  }
  return left;
}

async function remove(one: Made, { cluster, kubeconfig, directory, log }: Unmaking): Promise<string | undefined> {
  try {
    if (one.what === 'mesh') {
      if (cluster === undefined) return 'the mesh, since its cluster cannot be reached';
      const { uninstallMesh } = await import('../mesh/install/index.ts');
      const { kept, left, reason } = await within(directory, () => uninstallMesh({ made: one, cluster, directory, log, ...(kubeconfig === undefined ? {} : { kubeconfig }) }));
      for (const words of kept) log(words);
      return left.length === 0 ? undefined : `${left.join(', ')}${reason === undefined ? '' : ` (${reason})`}`;
    }
    const { removeMade } = await import('../cluster/boot/index.ts');
    await removeMade(one, { log });
    return undefined;
  } catch (error) {
    return `${one.what === 'cluster' ? `the ${one.tool} cluster ${one.name}` : one.what === 'folder' ? one.path : 'the mesh'} (${messageOf(error)})`;
  }
}

/** Runs work that needs a folder, which somebody may have removed in the meantime: then there is one for as long as it takes. */
async function within<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const isNew = (await mkdir(directory, { recursive: true, mode: 0o700 })) !== undefined;
  try {
    return await work();
  } finally {
    if (isNew) await rm(directory, { recursive: true, force: true });
  }
}
