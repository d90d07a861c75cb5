import type { Cluster, KubeObject } from '../../cluster/port.ts';
import { ConformanceError } from '../../model/errors.ts';

interface ContainerStatus {
  name: string;
  image?: string;
  ready?: boolean;
  restartCount?: number;
  state?: { waiting?: { reason?: string; message?: string }; terminated?: { reason?: string; exitCode?: number } };
}

/** Not every `ErrImagePull`: the next attempt may succeed, and if it does not the kubelet backs off. */
const hopeless = new Set(['ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull']);
/** What a registry answers that has no such image, or does not give it. */
const refused = /not found|manifest unknown|denied|unauthorized|forbidden/i;

/** The pods of some namespaces, but those that were there before: they are somebody else's. */
export async function podsIn(cluster: Cluster, namespaces: readonly string[], others: ReadonlySet<string>): Promise<KubeObject[]> {
  const lists = await Promise.all(namespaces.map((namespace) => cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace })));
  return lists.flat().filter(({ metadata }) => metadata.deletionTimestamp === undefined && !others.has(metadata.uid ?? ''));
}

/** The error of the first pod whose image cannot be had, of which waiting will not make anything. Pure. */
export function unpullable(pods: readonly KubeObject[], mesh: string): ConformanceError | undefined {
  for (const pod of pods) {
    const container = containersOf(pod).find(({ state }) => isHopeless(state?.waiting));
    if (container === undefined) continue;
    const { reason, message } = container.state?.waiting ?? {};
    return new ConformanceError('IMAGE_PULL', `${mesh} cannot be installed: the image ${container.image ?? '?'} of pod ${pod.metadata.namespace}/${pod.metadata.name} cannot be pulled (${message ?? reason}). Load it into the cluster's nodes (preload), or name another in the values of a mesh_definition.`);
  }
  return undefined;
}

function isHopeless({ reason = '', message = '' }: { reason?: string; message?: string } = {}): boolean {
  return hopeless.has(reason) || (reason === 'ErrImagePull' && refused.test(message));
}

/** What keeps pods from being ready, a pod each, five at most. Pure. */
export function unreadyPods(pods: readonly KubeObject[]): string[] {
  return pods.filter((pod) => !isDone(pod)).slice(0, 5).map((pod) => `pod ${pod.metadata.namespace}/${pod.metadata.name}: ${troubleOf(pod)}`);
}

function isDone(pod: KubeObject): boolean {
  const { phase, conditions = [] } = statusOf(pod);
  return phase === 'Succeeded' || conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

function troubleOf(pod: KubeObject): string {
  const { phase, conditions = [] } = statusOf(pod);
  const container = containersOf(pod).find(({ ready, state }) => ready !== true && state?.terminated?.exitCode !== 0);
  const { waiting, terminated } = container?.state ?? {};
  const restarts = (container?.restartCount ?? 0) > 0 ? `${container?.restartCount} restarts of ${container?.name}` : undefined;
  const unmet = conditions.find(({ status, message }) => status === 'False' && message !== undefined)?.message;
  return [phase, waiting?.reason ?? terminated?.reason, restarts, waiting?.message ?? unmet].filter((part) => part !== undefined && part !== '').join(', ');
}

function containersOf(pod: KubeObject): ContainerStatus[] {
  const { initContainerStatuses = [], containerStatuses = [] } = statusOf(pod);
  return [...initContainerStatuses, ...containerStatuses];
}

function statusOf({ status }: KubeObject): { phase?: string; conditions?: { type: string; status: string; message?: string }[]; initContainerStatuses?: ContainerStatus[]; containerStatuses?: ContainerStatus[] } {
  return status ?? {};
}
