import type { KubeObject, ListQuery, ObjectRef } from '../../src/cluster/port.ts';
import { ApiError, type Cluster } from '../../src/cluster/port.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';

/** Where the definitions of this project are. */
export const meshesFolder = new URL('../../meshes/', import.meta.url).pathname.replace(/\/$/, '');

export function definition(fields: Partial<MeshDefinition> = {}): MeshDefinition {
  return { id: 'sample', name: 'Sample Mesh', aliases: [], provider: 'INVALID_MESH', status: 'supported', enrolment: { namespace: {}, pod: {} }, host: '{service}.{namespace}', claims: {}, ...fields };
}

/** A cluster of fixed objects. `forbidden` and `unknown` kinds are answered as an API server does. */
export function cluster(objects: KubeObject[], { forbidden = [], unknown = [], lost = false }: { forbidden?: string[]; unknown?: string[]; lost?: boolean } = {}): Cluster & { asked: (ListQuery | ObjectRef)[] } {
  const asked: (ListQuery | ObjectRef)[] = [];
  const answer = (query: ListQuery | ObjectRef): KubeObject[] => {
    asked.push(query);
    if (lost) throw new ApiError(0, 'ServiceUnavailable', 'the connection broke');
    if (forbidden.includes(query.kind)) throw new ApiError(403, 'Forbidden', `cannot list resource ${query.kind}`);
    if (unknown.includes(query.kind)) throw new ApiError(404, 'NotFound', 'the server does not know it');
    return objects.filter(({ apiVersion, kind, metadata }) => apiVersion === query.apiVersion && kind === query.kind && (query.namespace === undefined || metadata.namespace === query.namespace));
  };
  const unused = (): never => {
    throw new TypeError('not needed here');
  };
  return {
    asked,
    kind: 'kubernetes',
    about: () => Promise.resolve({ kubernetesVersion: 'v1.34.4', server: 'https://cluster.test' }),
    get: async (ref) => answer(ref).find(({ metadata }) => metadata.name === ref.name),
    list: async (query) => answer(query).filter(({ metadata }) => Object.entries(query.labels ?? {}).every(([key, value]) => metadata.labels?.[key] === value)),
    served: unused, read: unused, create: unused, replace: unused, delete: unused, forward: unused, logs: unused, mayI: unused, until: unused, close: unused,
  };
}

export interface PodSample {
  name?: string;
  labels?: Record<string, string>;
  phase?: string;
  deleted?: boolean;
  /** Container name, image, image id. */
  containers?: [string, string, string][];
}

export function pod({ name = 'controller', labels = { app: 'sample' }, phase = 'Running', deleted = false, containers = [] }: PodSample = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'mesh-system', labels, ...(deleted ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}) },
    spec: { containers: containers.map(([container, image]) => ({ name: container, image })) },
    status: { phase, containerStatuses: containers.map(([container, image, imageID]) => ({ name: container, image, imageID })) },
  };
}
