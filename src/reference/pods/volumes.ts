import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import { podSpec } from './pod.ts';

/** Resolves once every ConfigMap that a pod mounts is there, or when the pod is stopped; until then `waiting` is told what is missing. */
export async function mounted(pod: KubeObject, view: StoreView, stop: AbortSignal, waiting: (missing: string) => void): Promise<void> {
  if (missingOf(pod, view) === undefined) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    const missing = missingOf(pod, view);
    if (missing === undefined || stop.aborted) resolve();
    else waiting(missing);
  };
  const unsubscribe = view.onChange(({ type, object }) => {
    if (type === 'added' && object.kind === 'ConfigMap') look();
  });
  stop.addEventListener('abort', look);
  look();
  await promise;
  unsubscribe();
  stop.removeEventListener('abort', look);
}

function missingOf(pod: KubeObject, view: StoreView): string | undefined {
  const { namespace = '' } = pod.metadata;
  const volume = podSpec(pod).volumes?.find(({ configMap }) => configMap !== undefined && configMap.optional !== true && view.get('ConfigMap', namespace, configMap.name) === undefined);
  return volume && `MountVolume.SetUp failed for volume "${volume.name}" : configmap "${volume.configMap?.name}" not found`;
}
