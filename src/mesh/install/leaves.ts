import { ApiError, type Cluster, type ObjectRef, refOf } from '../../cluster/port.ts';
import type { LeftObject } from '../../model/install.ts';

/** Those of the objects that a definition says are left behind which are there now. */
export async function leftObjects(cluster: Cluster, objects: readonly LeftObject[]): Promise<ObjectRef[]> {
  return (await Promise.all(objects.map((object) => found(cluster, object)))).flat();
}

async function found(cluster: Cluster, { apiVersion, kind, namespace, name, labels }: LeftObject): Promise<ObjectRef[]> {
  const place = { apiVersion, kind, ...(namespace !== undefined && { namespace }) };
  if (name !== undefined) return (await cluster.get({ ...place, name })) === undefined ? [] : [{ ...place, name }];
  try {
    return (await cluster.list({ ...place, ...(labels !== undefined && { labels }) })).map(refOf);
  } catch (error) {
    // A kind that the server does not know has no objects.
    if (error instanceof ApiError && error.status === 404) return [];
    throw error;
  }
}

/** Whether two references name one object. Pure. */
export function sameRef(one: ObjectRef, other: ObjectRef): boolean {
  return one.kind === other.kind && one.name === other.name && (one.namespace ?? '') === (other.namespace ?? '') && one.apiVersion.split('/')[0] === other.apiVersion.split('/')[0];
}
