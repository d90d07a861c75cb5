import type { PodRef } from '../../cluster/port.ts';
import { startControllers } from './controllers.ts';
import { startDeployments } from './deployments.ts';
import { startKubelet } from './kubelet.ts';
import type { PodWorker, WorkerOptions } from './worker.ts';

export { enrolment, sidecarName } from './injection.ts';
export { isReady } from './pod.ts';

/** The running pods of the reference cluster. */
export interface Pods {
  /** The pod of that name that runs now, or is ending. */
  find(pod: PodRef): Pick<PodWorker, 'network' | 'logs'> | undefined;
  /** Ends every pod and what they listen at; the store keeps the objects. Rejects with what could not be closed. */
  close(): Promise<void>;
}

/** The controllers and the kubelet of the reference cluster: they turn the Deployments and Pods of the store into probes that run in this process. */
export function startPods(options: WorkerOptions): Pods {
  const kubelet = startKubelet(options);
  const stopDeployments = startDeployments(options.store);
  const stopControllers = startControllers(options.store);
  return {
    find: (pod) => kubelet.find(pod),
    async close() {
      stopDeployments();
      stopControllers();
      await kubelet.close();
    },
  };
}
