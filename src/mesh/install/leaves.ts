import { isDeepStrictEqual } from 'node:util';
import { ApiError, type Cluster, type KubeObject, type ObjectRef, refOf } from '../../cluster/port.ts';
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

/** What objects hold that a mesh is going to write into; those that are not there are left out. */
export async function savedObjects(cluster: Cluster, refs: readonly ObjectRef[]): Promise<KubeObject[]> {
  const found = await Promise.all(refs.map((ref) => cluster.get(ref)));
  return found.flatMap((object) => (object === undefined ? [] : [{ ...contentOf(object), apiVersion: object.apiVersion, kind: object.kind, metadata: identityOf(object) }]));
}

/** Gives objects back what they held. One that is no longer the same object is left alone. */
export async function restoreObjects(cluster: Cluster, saved: readonly KubeObject[]): Promise<void> {
  await Promise.all(saved.map(async (object) => {
    const live = await cluster.get(refOf(object));
    if (live === undefined || live.metadata.uid !== object.metadata.uid || isDeepStrictEqual(contentOf(live), contentOf(object))) return;
    await cluster.replace({ ...contentOf(object), apiVersion: live.apiVersion, kind: live.kind, metadata: live.metadata });
  }));
}

function identityOf({ metadata: { name, namespace, uid } }: KubeObject): KubeObject['metadata'] {
  return { name, ...(namespace !== undefined && { namespace }), ...(uid !== undefined && { uid }) };
}

/** Everything but what the server and controllers keep of it. */
function contentOf({ apiVersion: _version, kind: _kind, metadata: _metadata, status: _status, ...content }: KubeObject): Record<string, unknown> {
  return content;
}
