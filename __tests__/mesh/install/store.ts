import { ApiError, type Cluster, type KubeObject, type ObjectRef, refOf } from '../../../src/cluster/port.ts';

/** A cluster in memory: objects by reference, as an API server keeps them. Namespaces take what is in them along; a definition that is made is established. */
export interface Store extends Cluster {
  objects: Map<string, KubeObject>;
  /** What was done, in order: `create Namespace mesh`. */
  done: string[];
  put(...objects: KubeObject[]): void;
  names(kind?: string): string[];
}

const clusterScoped = new Set(['Namespace', 'CustomResourceDefinition', 'ClusterRole', 'MutatingWebhookConfiguration']);

export function createStore(): Store {
  const objects = new Map<string, KubeObject>();
  const done: string[] = [];
  let uid = 0;
  const keyOf = ({ apiVersion, kind, namespace, name }: ObjectRef): string => [apiVersion.split('/')[0], kind, clusterScoped.has(kind) ? '' : namespace, name].join(' ');
  const titleOf = (ref: ObjectRef): string => `${ref.kind} ${ref.name}`;
  const store = (object: KubeObject): KubeObject => {
    uid += 1;
    const { namespace, ...metadata } = object.metadata;
    const made: KubeObject = { ...object, metadata: { uid: `uid-${uid}`, ...metadata, ...(clusterScoped.has(object.kind) || namespace === undefined ? {} : { namespace }) } };
    if (made.kind === 'CustomResourceDefinition') made['status'] = { conditions: [{ type: 'Established', status: 'True' }] };
    objects.set(keyOf(refOf(made)), made);
    return made;
  };
  const unused = (): never => {
    throw new TypeError('not needed here');
  };
  return {
    objects,
    done,
    put: (...all) => void all.map(store),
    names: (kind) => [...objects.values()].filter((object) => kind === undefined || object.kind === kind).map((object) => object.metadata.name).toSorted(),
    kind: 'kubernetes',
    about: async () => ({ kubernetesVersion: 'v1.34.4', server: 'https://cluster.test' }),
    get: async (ref) => objects.get(keyOf(ref)),
    list: async ({ apiVersion, kind, namespace, labels = {} }) => [...objects.values()].filter((object) => object.apiVersion === apiVersion && object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace)
      && Object.entries(labels).every(([key, value]) => object.metadata.labels?.[key] === value)),
    create: async (object) => {
      done.push(`create ${titleOf(refOf(object))}`);
      if (objects.has(keyOf(refOf(object)))) throw new ApiError(409, 'AlreadyExists', `${object.metadata.name} already exists`);
      return store(object);
    },
    replace: async (object) => {
      done.push(`replace ${titleOf(refOf(object))}`);
      const old = objects.get(keyOf(refOf(object)));
      if (old === undefined) throw new ApiError(404, 'NotFound', 'nothing to replace');
      return store({ ...object, metadata: { ...object.metadata, uid: old.metadata.uid ?? '' } });
    },
    delete: async (ref, options) => {
      done.push(`delete ${titleOf(ref)}${options?.graceSeconds === undefined ? '' : ` within ${options.graceSeconds} s`}`);
      objects.delete(keyOf(ref));
      if (ref.kind !== 'Namespace') return;
      for (const [key, object] of objects) if (object.metadata.namespace === ref.name) objects.delete(key);
    },
    served: unused, read: unused, forward: unused, logs: unused, mayI: unused, until: unused, close: unused,
  };
}

export function definitionOf(name: string, versions: string[], { annotations = {}, namespace }: { annotations?: Record<string, string>; namespace?: string } = {}): KubeObject {
  const [plural = '', ...group] = name.split('.');
  const kind = { traffictargets: 'TrafficTarget', httproutegroups: 'HTTPRouteGroup', tcproutes: 'TCPRoute', trafficsplits: 'TrafficSplit' }[plural] ?? 'Setting';
  return {
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name, annotations, ...(namespace !== undefined && { namespace }) },
    spec: { group: group.join('.'), names: { kind, plural }, versions: versions.map((version) => ({ name: version, served: true })) },
  };
}

export function deployment(namespace: string, name: string, { available = 1, replicas = 1 }: { available?: number; replicas?: number } = {}): KubeObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace, name, generation: 1 }, spec: { replicas }, status: { observedGeneration: 1, updatedReplicas: replicas, availableReplicas: available } };
}
