import { ApiError, type Cluster, type KubeObject } from '../../cluster/port.ts';
import { ConformanceError } from '../../model/errors.ts';
import type { MeshDefinition } from '../../model/mesh.ts';
import { apiGroups, specifications, type SmiKind } from '../../model/specification.ts';
import { kindVersions } from '../../smi/index.ts';

export const definitionKind = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };
const smi = 'smi-spec.io';

/** A definition of custom resources, as far as it matters here. */
export interface Definition {
  name: string;
  group: string;
  kind: string;
  /** Versions that are served. */
  versions: string[];
  /** The release of Helm that it belongs to: `namespace/name`. */
  release: string | undefined;
  goes: boolean;
}

/** The definitions of the Service Mesh Interface, and those of further groups, with all groups that end like them. */
export async function definitionsOf(cluster: Cluster, groups: readonly string[]): Promise<Definition[]> {
  const wanted = [smi, ...groups];
  const all = (await cluster.list(definitionKind)).map(read);
  return all.filter(({ group }) => wanted.some((ending) => group === ending || group.endsWith(`.${ending}`)));
}

export function isSmi({ group }: Definition): boolean {
  return group.endsWith(`.${smi}`);
}

/** The objects that a definition holds. */
export async function objectsOf(cluster: Cluster, { group, kind, versions }: Definition): Promise<KubeObject[]> {
  const [version] = versions;
  if (version === undefined) return [];
  try {
    return await cluster.list({ apiVersion: `${group}/${version}`, kind });
  } catch (error) {
    // Made a moment ago, and not served yet: nobody can have put anything into it.
    if (error instanceof ApiError && error.status === 404) return [];
    throw error;
  }
}

/** Throws BAD_INPUT where definitions of the Service Mesh Interface are there that serve other versions than this mesh does: two meshes cannot share them. Pure. */
export function requireOwnDefinitions({ name, claims }: MeshDefinition, definitions: readonly Definition[]): void {
  if (claims === 'served') return;
  for (const specification of specifications) {
    const claim = claims[specification];
    const others = claim === undefined ? [] : definitions.filter(({ group, kind, versions }) => {
      const claimed = claim.kinds.find((one) => one === kind);
      return group === apiGroups[specification] && claimed !== undefined && !isEqual(versions, versionsOf(claimed, claim.versions));
    });
    if (others.length > 0) throw taken(name, others);
  }
}

function versionsOf(kind: SmiKind, claimed: readonly string[]): string[] {
  return kindVersions[kind].filter((version) => claimed.includes(version));
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((version) => other.includes(version));
}

function taken(name: string, others: readonly Definition[]): ConformanceError {
  const shown = others.map((other) => `${other.name} (${other.versions.join(', ')})`).join(', ');
  return new ConformanceError('BAD_INPUT', `${name} cannot be installed: the cluster has definitions of the Service Mesh Interface that are another mesh's, ${shown}. Two meshes cannot share a cluster: use another one, or delete these definitions, and with them every object of theirs.`);
}

function read({ metadata, spec }: KubeObject): Definition {
  const { group, names, versions } = spec as { group: string; names: { kind: string }; versions: { name: string; served: boolean }[] };
  const { 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': namespace } = metadata.annotations ?? {};
  return {
    name: metadata.name,
    group,
    kind: names.kind,
    versions: versions.filter(({ served }) => served).map(({ name }) => name),
    release: release === undefined ? undefined : `${namespace}/${release}`,
    goes: metadata.deletionTimestamp !== undefined,
  };
}
