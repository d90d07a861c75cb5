import { type Cluster, type KubeObject, type ObjectRef, refOf } from '../../cluster/port.ts';
import { messageOf } from '../../model/errors.ts';
import type { MeshMade } from '../../journal/index.ts';
import { ensureTool } from '../../tools/index.ts';
import { type Definition, definitionKind, definitionsOf, isSmi, objectsOf } from './definitions.ts';
import type { Surroundings } from './fetch.ts';
import { createHelm, type Helm } from './helm.ts';
import { leftObjects, restoreObjects, sameRef } from './leaves.ts';
import { type MadeMesh, madeLabel, type MadePart } from './made.ts';
import { podsIn, unpullable } from './pods.ts';
import { waitUntil } from './wait.ts';
import { watched } from './watch.ts';

export interface UninstallOptions extends Omit<Surroundings, 'signal'> {
  /** What the journal, or `installMesh`, has of it. */
  made: MadeMesh | MeshMade;
  cluster: Cluster;
  kubeconfig?: string;
  /** Told when nothing is left. */
  journal?: { unmade(made: MadeMesh): void };
  /** Milliseconds until all must be gone; a minute where absent. */
  limitMs?: number;
  /** Not the run's own: a stopped run is cleaned as well. */
  signal?: AbortSignal;
}

type Options = UninstallOptions & { signal: AbortSignal };

export interface Uninstalled {
  /** Definitions that stay on purpose, since there are objects in them, in words. */
  kept: string[];
  /** What should be gone and is not. */
  left: string[];
  /** Why. */
  reason?: string;
}

/** Hooks of a chart that is taken off, and the images that they need. */
const hooksMs = 30_000;

/**
 * Takes off what an install made, as far as it got: releases, objects, namespaces, what charts leave behind, and of definitions those that were not
 * there before, but for those of the Service Mesh Interface that hold objects. May be called again. Never rejects: what is left is in the answer.
 */
export async function uninstallMesh({ signal = new AbortController().signal, ...rest }: UninstallOptions): Promise<Uninstalled> {
  const options: Options = { ...rest, signal };
  const { cluster, log, limitMs = 60_000 } = options;
  const made = options.made as MadeMesh;
  const deadline = performance.now() + limitMs;
  let left: string[] = [`${made.name} (${made.parts.map(nameOf).join(', ')})`];
  const kept: string[] = [];
  try {
    const busy = await busyDefinitions(cluster, made);
    kept.push(...busy.map(({ definition, objects }) => `the definition ${definition.name} is kept: it holds ${objects} object${objects === 1 ? '' : 's'} of somebody else`));
    const stays = busy.map(({ definition }) => definition);
    const troubles = await removeParts(made, stays, kept, options);
    const namespaces = made.namespaces.filter((name) => !made.parts.some((part) => 'helm' in part && part.helm.namespace === name && isKept(part, stays)));
    const hurried = new Map<string, number>();
    const reason = await waitUntil(async () => {
      await restoreObjects(cluster, made.before.changed);
      const standing = await remaining(cluster, made, namespaces, stays);
      await Promise.all(standing.filter(({ goes }) => !goes).map(({ ref }) => cluster.delete(ref)));
      await hurryPods(cluster, namespaces, hurried);
      left = standing.map(({ ref }) => `${ref.kind} ${ref.namespace === undefined ? '' : `${ref.namespace}/`}${ref.name}`);
      return left.length === 0 ? undefined : 'it was not gone in time';
    }, { limitMs: Math.max(deadline - performance.now(), 5_000) });
    for (const line of kept) log(line);
    if (left.length === 0 && troubles.length === 0) options.journal?.unmade(made);
    left = [...left, ...troubles.map(({ part }) => nameOf(part))];
    const why = [...troubles.map(({ message }) => message), ...(reason === undefined ? [] : [reason])].join('; ');
    return { kept, left, ...(why !== '' && { reason: why }) };
  } catch (error) {
    return { kept, left, reason: messageOf(error) };
  }
}

/** Definitions of the Service Mesh Interface that came with the mesh and hold objects, other than those that go with it. */
async function busyDefinitions(cluster: Cluster, { before, namespaces }: MadeMesh): Promise<{ definition: Definition; objects: number }[]> {
  const isOwn = ({ metadata: { labels, namespace } }: KubeObject): boolean => labels?.[madeLabel] !== undefined || (namespace !== undefined && namespaces.includes(namespace));
  const own = (await definitionsOf(cluster, [])).filter((definition) => isSmi(definition) && !before.definitions.includes(definition.name) && !definition.goes);
  const counted = await Promise.all(own.map(async (definition) => ({ definition, objects: (await objectsOf(cluster, definition)).filter((object) => !isOwn(object)).length })));
  return counted.filter(({ objects }) => objects > 0);
}

interface Trouble {
  part: MadePart;
  message: string;
}

/** Last part first. What cannot be taken off does not keep the others. */
async function removeParts(made: MadeMesh, stays: readonly Definition[], kept: string[], options: Options): Promise<Trouble[]> {
  const troubles: Trouble[] = [];
  for (const part of made.parts.toReversed()) {
    try {
      if ('objects' in part) await Promise.all(objectsToGo(part.objects, stays).map((ref) => options.cluster.delete(ref)));
      else if (isKept(part, stays)) kept.push(`the release ${nameOf(part)} is kept: taking it off would remove these definitions`);
      else await removeRelease(part, made, options);
    } catch (error) {
      troubles.push({ part, message: messageOf(error) });
    }
  }
  return troubles;
}

/** Some definitions are a part of their chart and go with it, whatever they hold. */
function isKept(part: MadePart, stays: readonly Definition[]): boolean {
  return 'helm' in part && stays.some(({ release }) => release === nameOf(part));
}

/** Without the chart's hooks where they are not needed, where an image cannot be had, and where they fail. */
async function removeRelease(part: Extract<MadePart, { helm: unknown }>, { name }: MadeMesh, options: Options): Promise<void> {
  const { cluster, log, kubeconfig, signal } = options;
  const { helm: place } = part;
  log(`taking off the release ${nameOf(part)}`);
  const { path } = await ensureTool('helm', options);
  const helm = (ending: AbortSignal): Helm => createHelm(path, kubeconfig, { ...options, signal: ending });
  const hopeless = async (): Promise<Error | undefined> => unpullable(await podsIn(cluster, [place.namespace], new Set()), name);
  if (place.hooks && (await hopeless()) === undefined) {
    try {
      return await watched((ending) => helm(ending).uninstall(place, { hooks: true, timeoutMs: hooksMs }), hopeless, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      log(`the chart's hooks for its removal did not end well, and are left out: ${messageOf(error)}`);
    }
  }
  await helm(signal).uninstall(place, { hooks: false, timeoutMs: hooksMs });
}

interface Standing {
  ref: ObjectRef;
  /** It is being deleted. */
  goes: boolean;
}

/** What should be gone and is not. */
async function remaining(cluster: Cluster, made: MadeMesh, namespaces: readonly string[], stays: readonly Definition[]): Promise<Standing[]> {
  const { leaves, before, parts } = made;
  const named = [
    ...namespaces.map((name): ObjectRef => ({ apiVersion: 'v1', kind: 'Namespace', name })),
    ...parts.flatMap((part) => ('objects' in part ? objectsToGo(part.objects, stays) : [])),
    ...(await leftObjects(cluster, leaves.objects ?? [])).filter((ref) => !before.objects.some((kept) => sameRef(kept, ref)) && !isWithin(ref, namespaces)),
  ];
  const found = await Promise.all(named.map(async (ref) => ({ ref, object: await cluster.get(ref) })));
  const definitions = (await definitionsOf(cluster, leaves.groups ?? [])).filter(({ name }) => !before.definitions.includes(name) && !stays.some((kept) => kept.name === name));
  return [
    ...found.flatMap(({ ref, object }) => (object === undefined ? [] : [{ ref, goes: object.metadata.deletionTimestamp !== undefined }])),
    ...definitions.map(({ name, goes }) => ({ ref: { ...definitionKind, name }, goes })),
  ];
}

/** How long a pod has to end before it is taken out of the cluster's books, and its node ends it. */
const graceMs = 2_000;

/**
 * Nobody waits for what a mesh that goes has to say. A pod that does not end when it is told to would hold its namespace for half a minute, and longer:
 * one that is still there when the namespace is looked at, five seconds after its deletion, puts off the next look by half of what it says it needs.
 */
async function hurryPods(cluster: Cluster, namespaces: readonly string[], hurried: Map<string, number>): Promise<void> {
  const pods = (await Promise.all(namespaces.map((namespace) => cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace })))).flat();
  await Promise.all(pods.map(async (pod) => {
    const { uid = '' } = pod.metadata;
    const since = hurried.get(uid);
    if (since === undefined) hurried.set(uid, performance.now());
    else if (performance.now() - since < graceMs) return;
    await cluster.delete(refOf(pod), { graceSeconds: since === undefined ? 1 : 0 });
  }));
}

/** Without namespaces, which are gone for by themselves, and without what stays. A manifest's namespace says nothing: objects that live in none have one there, too. */
function objectsToGo(refs: readonly ObjectRef[], stays: readonly Definition[]): ObjectRef[] {
  return refs.filter((ref) => ref.kind !== 'Namespace' && !(ref.kind === definitionKind.kind && stays.some(({ name }) => name === ref.name)));
}

function isWithin({ namespace }: ObjectRef, namespaces: readonly string[]): boolean {
  return namespace !== undefined && namespaces.includes(namespace);
}

function nameOf(part: MadePart): string {
  return 'helm' in part ? `${part.helm.namespace}/${part.helm.release}` : `${part.objects.length} objects`;
}
