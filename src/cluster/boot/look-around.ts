import { ConformanceError } from '../../model/errors.ts';
import { openKubernetes } from '../kubernetes/index.ts';
import type { Cluster } from '../port.ts';
import type { MachineFacts } from './choose.ts';
import { askDocker } from './docker.ts';

export interface Looking {
  signal: AbortSignal;
  /** This process's own where absent. */
  environment?: NodeJS.ProcessEnv;
  /** Opens the cluster of the default place: `openKubernetes({})` where absent. */
  open?: () => Promise<Cluster>;
}

/** What `chooseCluster` has to know where nothing was given: nothing is changed or started. Rejects with CANCELLED only. */
export async function lookAround({ signal, environment = process.env, open = () => openKubernetes({ signal }) }: Looking): Promise<MachineFacts> {
  const [current, docker] = await Promise.all([currentContext(open), askDocker({ environment, signal })]);
  return { current, docker };
}

async function currentContext(open: () => Promise<Cluster>): Promise<MachineFacts['current']> {
  try {
    const cluster = await open();
    try {
      return { answers: true, server: (await cluster.about()).server };
    } finally {
      await cluster.close();
    }
  } catch (error) {
    if (error instanceof ConformanceError && error.code !== 'CANCELLED') return { answers: false, why: error.message };
    throw error;
  }
}
