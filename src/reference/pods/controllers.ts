import { refOf } from '../../cluster/port.ts';
import type { KubeObject } from '../../cluster/port.ts';
import type { Store } from '../store/index.ts';

/** Kinds that keep pods of one template as they are; Deployments, which replace them, have a controller of their own. */
const kinds = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'Job'];

interface Spec {
  replicas?: number;
  parallelism?: number;
  template: { metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }; spec: Record<string, unknown> };
}

/** Keeps as many pods of each of these objects as it asks for; one for a DaemonSet, since there is one node. Returns the way to stop. */
export function startControllers(store: Store): () => void {
  return store.onChange(({ type, object }) => {
    const { namespace } = object.metadata;
    if (kinds.includes(object.kind)) {
      if (type === 'removed') for (const pod of podsOf(store, object)) store.remove(refOf(pod));
      else reconcile(store, object);
      return;
    }
    // Pods wait for their account, and those that went are replaced.
    if ((object.kind === 'Pod' && type === 'removed') || (object.kind === 'ServiceAccount' && type === 'added')) {
      for (const kind of kinds) for (const owner of store.list(kind, namespace)) reconcile(store, owner);
    }
  });
}

function reconcile(store: Store, owner: KubeObject): void {
  const { namespace = '', deletionTimestamp } = owner.metadata;
  if (deletionTimestamp !== undefined || store.get('Namespace', undefined, namespace)?.metadata.deletionTimestamp !== undefined) return;
  const { replicas, parallelism, template } = owner['spec'] as Spec;
  const account = (template.spec['serviceAccountName'] as string | undefined) ?? 'default';
  if (store.get('ServiceAccount', namespace, account) === undefined) return;
  const missing = (replicas ?? parallelism ?? 1) - podsOf(store, owner).length;
  for (let made = 0; made < missing; made += 1) store.create(podFrom(owner, template));
}

function podFrom({ apiVersion, kind, metadata: { name, namespace = '', uid } }: KubeObject, { metadata = {}, spec }: Spec['template']): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      // The server makes the name.
      name: '',
      generateName: `${name}-`,
      namespace,
      ...metadata,
      ownerReferences: [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }],
    },
    spec,
  };
}

function podsOf(store: Store, { metadata: { namespace, uid } }: KubeObject): KubeObject[] {
  const owners = (pod: KubeObject): { uid: string }[] => (pod.metadata['ownerReferences'] ?? []) as { uid: string }[];
  return store.list('Pod', namespace).filter((pod) => pod.metadata.deletionTimestamp === undefined && owners(pod).some((owner) => owner.uid === uid));
}
