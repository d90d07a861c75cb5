import type { Cluster, KubeObject } from '../cluster/port.ts';
import { ConformanceError } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { MeshFacts } from '../model/report.ts';

/**
 * Reads from the mesh's own pods which version runs, of which images. Rejects with BAD_INPUT where a mesh that can be tested has no pod on the cluster,
 * naming those of `others` that are there, and with POD_NOT_READY where it has pods and none runs: what is not there must not get a verdict.
 */
export async function detectMesh(cluster: Cluster, definition: MeshDefinition, others: readonly MeshDefinition[] = []): Promise<MeshFacts> {
  const { id, name, detect, status } = definition;
  const pods = await podsOf(cluster, definition);
  const running = pods.filter((pod) => statusOf(pod).phase === 'Running');
  if (detect !== undefined && running.length === 0 && (status === 'supported' || status === 'reference')) {
    const labels = labelText(detect.labels);
    if (pods.length > 0) throw notRunning(name, labels, pods);
    throw await notThere(cluster, definition, labels, others);
  }
  return { id, name, version: versionOf(running, detect ?? { labels: {} }), images: imagesOf(running) };
}

interface Container {
  name: string;
  image?: string;
  imageID?: string;
}

type Detect = NonNullable<MeshDefinition['detect']>;

async function podsOf(cluster: Cluster, { detect }: MeshDefinition): Promise<KubeObject[]> {
  if (detect === undefined) return [];
  const pods = await cluster.list({ apiVersion: 'v1', kind: 'Pod', labels: detect.labels });
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

function statusOf({ status }: KubeObject): { phase?: string; containerStatuses?: Container[] } {
  return status ?? {};
}

function containersOf({ spec }: KubeObject): Container[] {
  return (spec as { containers?: Container[] } | undefined)?.containers ?? [];
}

/** All versions that run, in the middle of an upgrade more than one. */
function versionOf(pods: readonly KubeObject[], { versionLabel, container }: Detect): string {
  const labels = versionLabel === undefined ? [] : pods.flatMap(({ metadata }) => metadata.labels?.[versionLabel] ?? []);
  const images = pods.flatMap(containersOf).filter(({ name }) => name === container).flatMap(({ image = '' }) => tagOf(image) ?? []);
  const found = [...new Set(labels.length > 0 ? labels : images)].toSorted();
  return found.length === 0 ? 'unknown' : found.join(', ');
}

/** The tag of `registry:5000/name:tag@sha256:…`. */
function tagOf(image: string): string | undefined {
  return /:([^:/@]+)(?:@.*)?$/.exec(image.replace(/@.*$/, ''))?.[1];
}

/** Each image once. What a registry gave has a digest of that registry; what was loaded into the node has the node's id for it. */
function imagesOf(pods: readonly KubeObject[]): MeshFacts['images'] {
  const images = new Map<string, MeshFacts['images'][number]>();
  for (const { image, imageID } of pods.flatMap((pod) => statusOf(pod).containerStatuses ?? [])) {
    const digest = /sha256:[0-9a-f]{64}/.exec(imageID ?? '')?.[0];
    if (image === undefined || digest === undefined) continue;
    images.set(`${image} ${digest}`, { image, digest, kind: imageID?.includes(`@${digest}`) === true ? 'digest' : 'image-id' });
  }
  return [...images.values()].toSorted((one, other) => one.image.localeCompare(other.image) || one.digest.localeCompare(other.digest));
}

function notRunning(name: string, labels: string, pods: readonly KubeObject[]): ConformanceError {
  const states = pods.slice(0, 5).map((pod) => `${pod.metadata.namespace}/${pod.metadata.name} is ${statusOf(pod).phase ?? 'without a state'}`);
  return new ConformanceError('POD_NOT_READY', `${name} is on the cluster, but none of its pods (labels ${labels}) runs: ${states.join(', ')}. Wait until the mesh is up, or mend it.`);
}

async function notThere(cluster: Cluster, { name, id }: MeshDefinition, labels: string, others: readonly MeshDefinition[]): Promise<ConformanceError> {
  const { server } = await cluster.about();
  const found = await Promise.all(others.filter((other) => other.id !== id).map(async (other) => ({ other, pods: await podsOf(cluster, other) })));
  const there = found.filter(({ pods }) => pods.length > 0).map(({ other }) => `${other.name} (${other.id})`);
  const instead = there.length === 0 ? 'install it, or name the mesh that is there' : `what runs there is ${there.join(', ')}: name that, or install ${name}`;
  return new ConformanceError('BAD_INPUT', `service_mesh is ${id}, but no pod of ${name} (labels ${labels}) runs on the cluster at ${server}: ${instead}`);
}

function labelText(labels: Record<string, string>): string {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');
}
