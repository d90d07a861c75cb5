import { createHash } from 'node:crypto';
import { ApiError, refOf } from '../../cluster/port.ts';
import type { KubeObject } from '../../cluster/port.ts';
import type { Store } from '../store/index.ts';
import { isReady } from './pod.ts';

interface DeploymentSpec {
  replicas: number;
  template: { metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }; spec: Record<string, unknown> };
}

/** Keeps as many pods of each Deployment's newest template as it asks for; those of an older one go when the new ones are ready. Returns the way to stop. */
export function startDeployments(store: Store): () => void {
  const reconcileAll = (namespace: string | undefined): void => {
    for (const deployment of store.list('Deployment', namespace)) reconcile(store, deployment);
  };
  const unsubscribe = store.onChange(({ type, object }) => {
    const { namespace } = object.metadata;
    if (object.kind === 'Deployment' && type === 'removed') removeAll(store, podsOf(store, object));
    else if (object.kind === 'Deployment') reconcileNamed(namespace, object.metadata.name);
    else if (object.kind === 'Pod') reconcileNamed(namespace, ownerOf(object)?.name);
    // Pods that were refused for want of their account can be made now.
    else if (object.kind === 'ServiceAccount' && type === 'added') reconcileAll(namespace);
  });
  function reconcileNamed(namespace: string | undefined, name: string | undefined): void {
    const deployment = name === undefined ? undefined : store.get('Deployment', namespace, name);
    if (deployment !== undefined) reconcile(store, deployment);
  }
  reconcileAll(undefined);
  return unsubscribe;
}

function reconcile(store: Store, deployment: KubeObject): void {
  const { name, namespace = '', deletionTimestamp } = deployment.metadata;
  if (deletionTimestamp !== undefined || store.get('Namespace', undefined, namespace)?.metadata.deletionTimestamp !== undefined) return;
  const { replicas, template } = deployment['spec'] as DeploymentSpec;
  const hash = hashOf(template);
  const isCurrent = ({ metadata }: KubeObject): boolean => metadata.labels?.[hashLabel] === hash;
  const existing = podsOf(store, deployment);
  const missing = replicas - existing.filter(isCurrent).length;
  for (let made = 0; made < missing; made += 1) {
    if (!tryCreate(store, podFrom(deployment, template, hash), name)) break;
  }
  const pods = podsOf(store, deployment);
  const current = pods.filter(isCurrent);
  const ready = current.filter(isReady);
  removeAll(store, current.slice(replicas));
  if (ready.length >= replicas) removeAll(store, pods.filter((pod) => !isCurrent(pod)));
  store.setStatus(deployment, statusOf(deployment, { wanted: replicas, current: current.length, ready: ready.length }));
}

function statusOf({ metadata }: KubeObject, { wanted, current, ready }: { wanted: number; current: number; ready: number }): Record<string, unknown> {
  const available = ready >= wanted ? { status: 'True', reason: 'MinimumReplicasAvailable' } : { status: 'False', reason: 'MinimumReplicasUnavailable' };
  return {
    observedGeneration: metadata['generation'],
    replicas: current,
    updatedReplicas: current,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailableReplicas: Math.max(wanted - ready, 0),
    conditions: [{ type: 'Available', ...available }],
  };
}

/** Creates a pod; where the server refuses it, says so in an Event, as the controllers of a real cluster do. */
function tryCreate(store: Store, pod: KubeObject, deployment: string): boolean {
  try {
    store.create(pod);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { namespace = '' } = pod.metadata;
    const name = `${deployment}.failed-create`;
    if (store.get('Event', namespace, name) === undefined) {
      store.create({
        apiVersion: 'v1', kind: 'Event', metadata: { name, namespace }, type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${error.message}`,
        involvedObject: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: deployment },
      });
    }
    return false;
  }
}

const hashLabel = 'pod-template-hash';

function podFrom(deployment: KubeObject, { metadata = {}, spec }: DeploymentSpec['template'], hash: string): KubeObject {
  const { name, namespace = '', uid } = deployment.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      // The server makes the name.
      name: '',
      generateName: `${name}-${hash}-`,
      namespace,
      labels: { ...metadata.labels, [hashLabel]: hash },
      ...(metadata.annotations !== undefined && { annotations: metadata.annotations }),
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, uid, controller: true, blockOwnerDeletion: true }],
    },
    spec,
  };
}

/** Pods that a Deployment made and that are not being deleted, oldest first. */
function podsOf(store: Store, { metadata: { namespace, uid } }: KubeObject): KubeObject[] {
  return store.list('Pod', namespace).filter((pod) => ownerOf(pod)?.uid === uid && pod.metadata.deletionTimestamp === undefined);
}

function ownerOf({ metadata }: KubeObject): { name: string; uid: string } | undefined {
  return (metadata['ownerReferences'] as { kind: string; name: string; uid: string }[] | undefined)?.find(({ kind }) => kind === 'Deployment');
}

function removeAll(store: Store, pods: KubeObject[]): void {
  for (const pod of pods) store.remove(refOf(pod));
}

/** Ten digits that tell one template from another. */
function hashOf(template: DeploymentSpec['template']): string {
  return createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 10);
}
