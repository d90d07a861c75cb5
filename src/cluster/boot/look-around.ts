import { ConformanceError } from '../../model/errors.ts';
import { openKubernetes } from '../kubernetes/index.ts';
import type { MachineFacts } from './choose.ts';
import { askDocker } from './docker.ts';

/** What `chooseCluster` has to know where nothing was given: nothing is changed or started. Rejects with CANCELLED only. */
export async function lookAround({ environment = process.env, signal }: { environment?: NodeJS.ProcessEnv; signal: AbortSignal }): Promise<MachineFacts> {
  const [current, docker] = await Promise.all([currentContext(), askDocker({ environment, signal })]);
  return { current, docker };
}

async function currentContext(): Promise<MachineFacts['current']> {
  try {
    const cluster = await openKubernetes({});
    try {
      return { answers: true, server: (await cluster.about()).server };
    } finally {
      await cluster.close();
    }
  } catch (error) {
    if (error instanceof ConformanceError) return { answers: false, why: error.message };
    throw error;
  }
}
