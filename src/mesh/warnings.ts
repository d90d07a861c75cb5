import { ApiError, type Cluster, type KubeObject } from '../cluster/port.ts';
import type { MeshDefinition, Preflight } from '../model/mesh.ts';

/** What the report has to warn of: settings of the running mesh that its definition names, and any that could not be looked at. Rejects where the cluster is lost. */
export async function warningsOf(cluster: Cluster, { name, preflight = [] }: MeshDefinition): Promise<string[]> {
  const warnings = await Promise.all(preflight.map(async (check) => {
    try {
      return calls(check, await find(cluster, check.object)) ? [check.warning] : [];
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 403) throw error;
      const { kind, name: object } = check.object;
      return [`A setting of ${name} could not be looked at, since the account may not read ${kind} ${object}. If this is so, it counts: ${check.warning}`];
    }
  }));
  return [...new Set(warnings.flat())];
}

async function find(cluster: Cluster, { name, namespace, ...type }: Preflight['object']): Promise<KubeObject | undefined> {
  if (namespace !== undefined) return cluster.get({ ...type, name, namespace });
  try {
    return (await cluster.list(type)).find(({ metadata }) => metadata.name === name);
  } catch (error) {
    // A type that the server does not know has no objects.
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

function calls({ field, when }: Preflight, object: KubeObject | undefined): boolean {
  const value = object === undefined ? undefined : valueAt(object, field ?? '');
  if (when === 'absent') return value === undefined;
  if (object === undefined) return false;
  return 'equals' in when ? value === when.equals : !(Array.isArray(value) && value.includes(when.lacks));
}

function valueAt(object: KubeObject, pointer: string): unknown {
  let value: unknown = object;
  for (const token of pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as Record<string, unknown>)[token];
  }
  return value;
}
