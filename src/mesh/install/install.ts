import type { Cluster, KubeObject, ObjectRef } from '../../cluster/port.ts';
import { refOf } from '../../cluster/port.ts';
import { ConformanceError } from '../../model/errors.ts';
import type { MeshDefinition } from '../../model/mesh.ts';
import { applyObjects, makeNamespace } from './apply.ts';
import { definitionsOf, isSmi, requireOwnDefinitions } from './definitions.ts';
import type { Surroundings } from './fetch.ts';
import { createHelm, installMs } from './helm.ts';
import { leftObjects, savedObjects } from './leaves.ts';
import { type MadeMesh, madeLabel } from './made.ts';
import { podsIn, unpullable, unreadyPods } from './pods.ts';
import { type PreparedMesh, prepareMesh, type PreparedPart } from './prepare.ts';
import { missingFrom } from './ready.ts';
import { isShared, lookAt, requirePrometheus, type There } from './there.ts';
import { oddPairing, pairedKubernetes } from './version.ts';
import { waitUntil } from './wait.ts';
import { watched } from './watch.ts';

export interface InstallOptions extends Surroundings {
  definition: MeshDefinition;
  /** The default of the definition where absent. */
  version?: string;
  cluster: Cluster;
  /** Path of a kubeconfig for Helm, or several joined; its default place where absent. The same cluster as `cluster`. */
  kubeconfig?: string;
  runId: string;
  /** Told of all that the install makes, before it does. */
  journal: { willMake(made: MadeMesh): void };
  /** Definitions of other meshes: none of them may be on the cluster. */
  known?: readonly MeshDefinition[];
  /** Its own Prometheus must come with it, as `withPrometheus` has made the definition. */
  prometheus?: boolean;
  /** What `prepareMesh` gave, where that was called before: for this definition and version. */
  prepared?: PreparedMesh;
}

export interface Installed {
  version: string;
  /** It was there before, at this version: nothing was made, and nothing is to be removed. */
  already: boolean;
  /** For `uninstallMesh`; absent where nothing was made. The journal was told the same. */
  made?: MadeMesh;
}

/**
 * Puts a mesh onto a cluster and waits until it works; one that is there at the same version is left as it is, one whose install broke off is made whole.
 * Rejects as `prepareMesh`, with BAD_INPUT where something else is there, IMAGE_PULL, POD_NOT_READY and INSTALL_FAILED; what was made by then is in the journal.
 */
export async function installMesh(options: InstallOptions): Promise<Installed> {
  const { definition, cluster, log, signal, journal, kubeconfig, known = [] } = options;
  const prepared = options.prepared ?? (await prepareMesh(options));
  const helm = prepared.helm === undefined ? undefined : createHelm(prepared.helm, kubeconfig, options);
  const there = await lookAt(cluster, prepared, helm, known);
  if (options.prometheus === true) await requirePrometheus(cluster, prepared, there);
  await warnOfPairing(options, prepared);
  if (there.complete) {
    log(`${definition.name} is on the cluster already: it is left as it is`);
    await untilReady(cluster, prepared, [], new Set(), options);
    return { version: prepared.version, already: true };
  }
  const made = await planOf(cluster, prepared, there);
  journal.willMake(made);
  const others = new Set((await podsIn(cluster, namespacesOf(prepared).filter((name) => !made.namespaces.includes(name)), new Set())).map(({ metadata }) => metadata.uid ?? ''));
  for (const place of there.broken) {
    log(`an earlier install of ${place.release} broke off: it is cleared away and made anew`);
    await helm?.uninstall(place, { hooks: false, timeoutMs: installMs });
  }
  const later = there.missing.flatMap(ownNamespaces);
  for (const name of made.namespaces) if (!later.includes(name)) await makeNamespace(cluster, name, options.runId, signal);
  const namespaces = namespacesOf(prepared);
  const hopeless = async (): Promise<ConformanceError | undefined> => unpullable(await podsIn(cluster, namespaces, others), definition.name);
  for (const part of there.missing) await watched((ending) => putThere(part, prepared, { ...options, signal: ending }), hopeless, signal);
  await untilReady(cluster, prepared, namespaces, others, options);
  return { version: prepared.version, already: false, made };
}

async function putThere(part: PreparedPart, { helm }: PreparedMesh, options: InstallOptions): Promise<void> {
  const { cluster, runId, signal, log, kubeconfig } = options;
  if (part.how === 'helm') {
    log(`installing the chart ${part.chart} as ${part.namespace}/${part.release}`);
    return createHelm(helm ?? 'helm', kubeconfig, options).install(part, part.chart, part.values);
  }
  log(`making ${part.objects.length} objects`);
  return applyObjects(cluster, part.objects, runId, signal);
}

/** Everything that will be made, and what of the same kind is there before. Rejects with BAD_INPUT where another mesh's definitions are. */
async function planOf(cluster: Cluster, prepared: PreparedMesh, { missing, broken }: There): Promise<MadeMesh> {
  const { definition: { id, name }, install: { leaves = {} }, version } = prepared;
  const definitions = await definitionsOf(cluster, leaves.groups ?? []);
  requireOwnDefinitions(prepared.definition, definitions.filter(isSmi));
  const namespaces = await newNamespaces(cluster, missing);
  const before = await leftObjects(cluster, leaves.objects ?? []);
  const parts = await Promise.all(missing.map(async (part) => (part.how === 'helm' ? { helm: { release: part.release, namespace: part.namespace, hooks: part.hooks } } : { objects: await newObjects(cluster, part.objects) })));
  // What an install that broke off has left behind is nobody else's.
  const stays = before.filter(({ namespace }) => namespace === undefined || !namespaces.includes(namespace));
  return { what: 'mesh', id, name, version, parts, namespaces, leaves, before: { definitions: definitions.map((one) => one.name), objects: broken.length > 0 ? [] : stays, changed: await savedObjects(cluster, leaves.changes ?? []) } };
}

function namespacesOf({ parts }: PreparedMesh): string[] {
  return [...new Set(parts.map(({ namespace }) => namespace))];
}

/** Namespaces that are in the manifests. */
function ownNamespaces(part: PreparedPart): string[] {
  return part.how === 'helm' ? [] : part.objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
}

/** Those that are not there, or that an install of this program made. */
async function newNamespaces(cluster: Cluster, missing: readonly PreparedPart[]): Promise<string[]> {
  const names = new Set(missing.flatMap((part) => [part.namespace, ...ownNamespaces(part)]));
  const found = await Promise.all([...names].map(async (name) => ({ name, object: await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name }) })));
  return found.filter(({ object }) => object === undefined || isOwn(object)).map(({ name }) => name);
}

/** Namespaces and definitions that are there already are not this install's. */
async function newObjects(cluster: Cluster, objects: readonly KubeObject[]): Promise<ObjectRef[]> {
  const refs = await Promise.all(objects.map(async (object) => {
    const found = isShared(object) ? await cluster.get(refOf(object)) : undefined;
    return found === undefined || isOwn(found) ? [refOf(object)] : [];
  }));
  return refs.flat();
}

function isOwn({ metadata }: KubeObject): boolean {
  return metadata.labels?.[madeLabel] !== undefined || metadata.deletionTimestamp !== undefined;
}

async function untilReady(cluster: Cluster, { definition, install }: PreparedMesh, namespaces: string[], others: ReadonlySet<string>, { log, signal }: InstallOptions): Promise<void> {
  const limitMs = install.ready.timeoutMs ?? 300_000;
  let said = '';
  const missing = await waitUntil(async () => {
    const broken = unpullable(await podsIn(cluster, namespaces, others), definition.name);
    if (broken !== undefined) throw broken;
    const troubles = await missingFrom(cluster, install.ready, install.namespace);
    if (troubles.length > 0 && troubles[0] !== said) log(`waiting: ${(said = troubles[0] ?? '')}`);
    return troubles.length === 0 ? undefined : troubles.join('; ');
  }, { limitMs, signal });
  if (missing === undefined) return;
  const pods = unreadyPods(await podsIn(cluster, namespaces, others));
  throw new ConformanceError('POD_NOT_READY', `${definition.name} was not ready within ${limitMs / 1000} s: ${[missing, ...pods].join('; ')}. Look at the logs of its pods (kubectl logs -n ${install.namespace}), or give it more time (install.ready.timeoutMs of a mesh_definition).`);
}

async function warnOfPairing({ cluster, definition, log }: InstallOptions, { version }: PreparedMesh): Promise<void> {
  const odd = oddPairing(pairedKubernetes(definition, version), (await cluster.about()).kubernetesVersion);
  if (odd !== undefined) log(`${definition.name} ${version} may not work here: ${odd}`);
}
