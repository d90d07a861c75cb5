import type { ServedApi } from '../../cluster/port.ts';
import type { NameRule } from './names.ts';
import { smiResources } from './smi.ts';
import type { ServedVersions } from './smi.ts';
import type { Schema } from './schema.ts';

/** One kind of object that the cluster serves. */
export interface ResourceKind {
  group: string;
  kind: string;
  plural: string;
  shortNames: readonly string[];
  namespaced: boolean;
  /** Served versions, oldest first. */
  versions: readonly string[];
  names: NameRule;
  /** `status` is a subresource: writes of the object leave it alone. */
  hasStatus: boolean;
  /** Can be read only. */
  readOnly: boolean;
  /** Structural schemas by version, also of versions that are not served; absent for built-in kinds. */
  schemas?: Readonly<Record<string, Schema>>;
}

export const namespaceKind = core('Namespace', 'namespaces', 'ns', { namespaced: false, names: 'label', hasStatus: true });

const builtIn: readonly ResourceKind[] = [
  namespaceKind,
  core('ServiceAccount', 'serviceaccounts', 'sa'),
  core('ConfigMap', 'configmaps', 'cm'),
  core('Service', 'services', 'svc', { names: 'service', hasStatus: true }),
  core('Pod', 'pods', 'po', { hasStatus: true }),
  core('Event', 'events', 'ev'),
  core('Deployment', 'deployments', 'deploy', { group: 'apps', hasStatus: true }),
  core('ReplicaSet', 'replicasets', 'rs', { group: 'apps', hasStatus: true }),
  core('StatefulSet', 'statefulsets', 'sts', { group: 'apps', hasStatus: true }),
  core('DaemonSet', 'daemonsets', 'ds', { group: 'apps', hasStatus: true }),
  core('ReplicationController', 'replicationcontrollers', 'rc', { hasStatus: true }),
  core('Job', 'jobs', 'job', { group: 'batch', hasStatus: true }),
  core('Role', 'roles', 'role', { group: 'rbac.authorization.k8s.io' }),
  core('RoleBinding', 'rolebindings', 'rolebinding', { group: 'rbac.authorization.k8s.io' }),
  core('CustomResourceDefinition', 'customresourcedefinitions', 'crd', { group: 'apiextensions.k8s.io', namespaced: false, hasStatus: true, readOnly: true }),
];

/** All kinds of a cluster that serves these versions of SMI. A kind that no served version defines is not there at all. */
export function kindsOf(served: ServedVersions): readonly ResourceKind[] {
  const smi = smiResources.map((resource): ResourceKind => ({
    group: `${resource.group}.smi-spec.io`,
    kind: resource.kind,
    plural: resource.plural,
    shortNames: [resource.shortName],
    namespaced: true,
    versions: Object.keys(resource.schemas).filter((version) => served[resource.group].some((one) => one === version)),
    names: 'subdomain',
    hasStatus: false,
    readOnly: false,
    schemas: resource.schemas,
  }));
  return [...builtIn, ...smi.filter((resource) => resource.versions.length > 0)];
}

/** The SMI resource types among them, as discovery lists them. */
export function discover(kinds: readonly ResourceKind[]): ServedApi[] {
  return kinds
    .filter((kind) => kind.schemas !== undefined)
    .flatMap((kind) => kind.versions.map((version) => ({ group: kind.group, version, kind: kind.kind, plural: kind.plural, namespaced: kind.namespaced })));
}

function core(kind: string, plural: string, shortName: string, more: Partial<ResourceKind> = {}): ResourceKind {
  return { group: '', kind, plural, shortNames: [shortName], namespaced: true, versions: ['v1'], names: 'subdomain', hasStatus: false, readOnly: false, ...more };
}
