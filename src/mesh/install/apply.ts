import { ApiError, type Cluster, type KubeObject, refOf } from '../../cluster/port.ts';
import { ConformanceError } from '../../model/errors.ts';
import { definitionKind } from './definitions.ts';
import { madeLabel } from './made.ts';
import { isEstablished } from './ready.ts';
import { isShared } from './there.ts';
import { throwIfCancelled, waitUntil } from './wait.ts';

const establishedMs = 30_000;
const goneMs = 60_000;

/** Makes the objects of manifests: namespaces first, then definitions, the others when those are established. What an earlier install of this program left is replaced. Rejects with INSTALL_FAILED, saying what could not be made, and CANCELLED. */
export async function applyObjects(cluster: Cluster, objects: readonly KubeObject[], runId: string, signal: AbortSignal): Promise<void> {
  const definitions = objects.filter(({ kind }) => kind === definitionKind.kind);
  const others = objects.filter((object) => !isShared(object));
  for (const { metadata } of objects.filter(({ kind }) => kind === 'Namespace')) await makeNamespace(cluster, metadata.name, runId, signal, metadata);
  for (const object of definitions) await make(cluster, object, runId, signal);
  const missing = await waitUntil(() => notEstablished(cluster, definitions), { limitMs: establishedMs, signal });
  if (missing !== undefined) throw new ConformanceError('INSTALL_FAILED', `the definition ${missing} was not established within ${establishedMs / 1000} s: look at its conditions (kubectl describe crd ${missing})`);
  for (const object of others) await make(cluster, object, runId, signal);
}

/** Makes a namespace that bears the run's mark; one that is there is left as it is, and one that is going is waited for. */
export async function makeNamespace(cluster: Cluster, name: string, runId: string, signal: AbortSignal, { labels, annotations }: Partial<KubeObject['metadata']> = {}): Promise<void> {
  const ref = { apiVersion: 'v1', kind: 'Namespace', name };
  const stuck = await waitUntil(async () => ((await cluster.get(ref))?.metadata.deletionTimestamp === undefined ? undefined : 'it goes'), { limitMs: goneMs, signal });
  if (stuck !== undefined) throw new ConformanceError('INSTALL_FAILED', `the namespace ${name} is being deleted, and was not gone within ${goneMs / 1000} s: see what holds it (kubectl get namespace ${name} -o yaml), or wait`);
  await make(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...(labels && { labels }), ...(annotations && { annotations }) } }, runId, signal);
}

async function make(cluster: Cluster, object: KubeObject, runId: string, signal: AbortSignal): Promise<void> {
  throwIfCancelled(signal);
  const marked = { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, [madeLabel]: runId } } };
  try {
    await cluster.create(marked);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.reason !== 'AlreadyExists') throw failed(object, error);
    const there = await cluster.get(refOf(object));
    // Shared, and not ours: it was there before.
    if (isShared(object) && there?.metadata.labels?.[madeLabel] === undefined) return;
    await replace(cluster, marked);
  }
}

async function replace(cluster: Cluster, object: KubeObject): Promise<void> {
  try {
    await cluster.replace(object);
  } catch (error) {
    throw error instanceof ApiError ? failed(object, error) : error;
  }
}

async function notEstablished(cluster: Cluster, definitions: readonly KubeObject[]): Promise<string | undefined> {
  const found = await Promise.all(definitions.map(async ({ metadata: { name } }) => ({ name, object: await cluster.get({ ...definitionKind, name }) })));
  return found.find(({ object }) => object === undefined || !isEstablished(object))?.name;
}

function failed({ kind, metadata }: KubeObject, cause: ApiError): ConformanceError {
  return new ConformanceError('INSTALL_FAILED', `${kind} ${metadata.name} of the manifests could not be made: ${cause.message}. Mend the manifest, or the rights of the account.`, { cause });
}
