import type { KubeObject, PodRef } from '../../cluster/port.ts';
import { runPod } from './worker.ts';
import type { PodWorker, WorkerOptions } from './worker.ts';

export interface Kubelet {
  /** The pod of that name that runs now, or is ending. */
  find(pod: PodRef): PodWorker | undefined;
  /** Ends every pod. Rejects with what could not be closed of any pod since the start. */
  close(): Promise<void>;
}

/** Runs every Pod of the store, from its creation until it is deleted. */
export function startKubelet(options: WorkerOptions): Kubelet {
  const { store } = options;
  const workers = new Map<string, PodWorker>();
  const failures: unknown[] = [];

  function run(pod: KubeObject): void {
    const { uid = '' } = pod.metadata;
    const worker = runPod(pod, options);
    workers.set(uid, worker);
    void worker.ended.catch((error: unknown) => failures.push(error)).finally(() => workers.delete(uid));
  }

  const unsubscribe = store.onChange(({ type, object }) => {
    if (object.kind !== 'Pod') return;
    if (type === 'added') return run(object);
    if (type === 'changed' && object.metadata.deletionTimestamp === undefined) return;
    const worker = workers.get(object.metadata.uid ?? '');
    if (worker === undefined) store.stopped(object);
    else worker.stop();
  });
  for (const pod of store.list('Pod')) run(pod);

  return {
    find({ namespace, name }) {
      return workers.get(store.get('Pod', namespace, name)?.metadata.uid ?? '');
    },
    async close() {
      unsubscribe();
      const ending = [...workers.values()];
      for (const worker of ending) worker.stop();
      await Promise.allSettled(ending.map(({ ended }) => ended));
      if (failures.length > 0) throw new AggregateError(failures, 'Pods of the embedded cluster did not end cleanly.');
    },
  };
}
