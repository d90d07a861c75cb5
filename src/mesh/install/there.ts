import { type Cluster, type KubeObject, refOf } from '../../cluster/port.ts';
import { ConformanceError } from '../../model/errors.ts';
import type { MeshDefinition } from '../../model/mesh.ts';
import { detectMesh } from '../detect.ts';
import type { Helm, Release, ReleasePlace } from './helm.ts';
import { madeLabel } from './made.ts';
import type { PreparedMesh, PreparedPart } from './prepare.ts';
import { sameVersion } from './version.ts';

/** What is on the cluster already. */
export interface There {
  /** All of it is. */
  complete: boolean;
  /** What has to be put there. */
  missing: PreparedPart[];
  /** Releases of a first install that broke off: they are cleared away and made anew. */
  broken: ReleasePlace[];
}

/** Looks at what is there. Rejects with BAD_INPUT where it is the mesh at another version, another mesh, or something of the same names that is somebody else's. */
export async function lookAt(cluster: Cluster, prepared: PreparedMesh, helm: Helm | undefined, known: readonly MeshDefinition[]): Promise<There> {
  await requireNoOther(cluster, prepared.definition, known);
  const running = await runningVersion(cluster, prepared.definition);
  const states = await Promise.all(prepared.parts.map((part) => (part.how === 'helm' ? releaseState(part, prepared, helm) : objectsState(cluster, part, running !== undefined))));
  const ofHelm = prepared.parts.some(({ how }, index) => how === 'helm' && states[index] === 'there');
  // Where Helm knows the version it was compared already: its number may be the chart's, which pods do not show.
  if (running !== undefined && !ofHelm && !states.includes('broken')) requireVersion(prepared, running);
  // Its pods run, and none of the parts is known: it was installed in another way, and is left as it is.
  const complete = states.every((state) => state === 'there') || (running !== undefined && states.every((state) => state === 'absent'));
  const missing = complete ? [] : prepared.parts.filter((_part, index) => states[index] !== 'there');
  return { complete, missing, broken: prepared.parts.flatMap((part, index) => (part.how === 'helm' && states[index] === 'broken' ? [part] : [])) };
}

/** Rejects with BAD_INPUT where the mesh is to bring a Prometheus, the charts that would are there already, and it is not: what is there is left as it is. */
export async function requirePrometheus(cluster: Cluster, { definition, install, parts }: PreparedMesh, { complete, missing }: There): Promise<void> {
  const { values = {}, service = '' } = definition.metrics?.prometheus.install ?? {};
  const names = Object.keys(install.parts);
  const comes = !complete && parts.every((part, index) => !Object.hasOwn(values, names[index] ?? '') || missing.includes(part));
  const [, namespace = '', name = ''] = /^(.*)\/(.*):/.exec(service) ?? [];
  if (comes || (await cluster.get({ apiVersion: 'v1', kind: 'Service', namespace, name })) !== undefined) return;
  throw new ConformanceError('BAD_INPUT', `prometheus is install, and ${definition.name} is on the cluster already, without the Service ${namespace}/${name} of its Prometheus: uninstall it, so that the run installs both, or leave prometheus out, set mesh_deployed to true and name a Prometheus that is there by prometheus_url`);
}

type State = 'there' | 'absent' | 'broken';

async function releaseState(part: Extract<PreparedPart, { how: 'helm' }>, prepared: PreparedMesh, helm: Helm | undefined): Promise<State> {
  const release = await helm?.find(part);
  if (release === undefined || release.status === 'uninstalled') return 'absent';
  if (release.status === 'deployed') {
    const found = [release.appVersion, release.chart.slice(release.chart.lastIndexOf('-') + 1)];
    const same = part.versions.some((wanted) => found.some((one) => sameVersion(one, wanted)) || release.chart.endsWith(`-${wanted}`));
    if (!same) throw otherVersion(prepared, release.appVersion || release.chart);
    return 'there';
  }
  if (release.revision === 1 || release.status === 'uninstalling') return 'broken';
  throw unfinished(part, release);
}

async function objectsState(cluster: Cluster, { objects }: Extract<PreparedPart, { how: 'objects' }>, isRunning: boolean): Promise<State> {
  const found = (await Promise.all(objects.map((object) => cluster.get(refOf(object))))).filter((object) => object !== undefined);
  const own = found.filter((object) => !isShared(object));
  if (own.length === 0) return 'absent';
  if (found.length === objects.length) return 'there';
  const foreign = own.find(({ metadata }) => metadata.labels?.[madeLabel] === undefined);
  if (foreign === undefined) return 'broken';
  if (isRunning) return 'there';
  const { kind, metadata } = foreign;
  throw new ConformanceError('BAD_INPUT', `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name} is on the cluster already, of somebody else, and would have to be overwritten: remove it, or set mesh_deployed to true if the mesh is installed`);
}

/** Namespaces and definitions may be there for other reasons, and are left as they are. */
export function isShared({ kind }: KubeObject): boolean {
  return kind === 'Namespace' || kind === 'CustomResourceDefinition';
}

/** Undefined where no pod of it runs. */
async function runningVersion(cluster: Cluster, definition: MeshDefinition): Promise<string | undefined> {
  if (definition.detect === undefined) return undefined;
  const pods = await cluster.list({ apiVersion: 'v1', kind: 'Pod', labels: definition.detect.labels });
  const running = pods.some(({ metadata, status }) => metadata.deletionTimestamp === undefined && (status as { phase?: string } | undefined)?.phase === 'Running');
  return running ? (await detectMesh(cluster, definition)).version : undefined;
}

async function requireNoOther(cluster: Cluster, definition: MeshDefinition, known: readonly MeshDefinition[]): Promise<void> {
  const labels = JSON.stringify(definition.detect?.labels);
  const others = known.filter((other) => other.id !== definition.id && other.detect !== undefined && JSON.stringify(other.detect.labels) !== labels && Object.keys(other.claims).length > 0 && other.status === 'supported');
  const found = await Promise.all(others.map(async (other) => ((await cluster.list({ apiVersion: 'v1', kind: 'Pod', labels: other.detect?.labels ?? {} })).length > 0 ? [other] : [])));
  const [other] = found.flat();
  if (other === undefined) return;
  throw new ConformanceError('BAD_INPUT', `${definition.name} cannot be installed: ${other.name} (${other.id}) is on the cluster, and two meshes with definitions of the Service Mesh Interface cannot share one. Use another cluster, uninstall ${other.name}, or test it: service_mesh: ${other.id}, mesh_deployed: true.`);
}

function requireVersion(prepared: PreparedMesh, running: string): void {
  const wanted = [prepared.version, ...prepared.parts.flatMap((part) => (part.how === 'helm' ? part.versions : []))];
  if (running !== 'unknown' && !wanted.some((one) => sameVersion(one, running))) throw otherVersion(prepared, running);
}

function otherVersion({ definition: { name }, version }: PreparedMesh, found: string): ConformanceError {
  return new ConformanceError('BAD_INPUT', `${name} ${found} is on the cluster already, and ${version} is to be installed: set mesh_version to ${found}, uninstall it, or set mesh_deployed to true to test what is there`);
}

function unfinished({ release, namespace }: ReleasePlace, { status, revision }: Release): ConformanceError {
  return new ConformanceError('BAD_INPUT', `the release ${namespace}/${release} of Helm is on the cluster in the state ${status}, of an upgrade (revision ${revision}) that was not finished: finish it or roll it back (helm rollback ${release} -n ${namespace}), or uninstall it`);
}
