import { delimiter } from 'node:path';
import { ConformanceError } from '../model/errors.ts';
import type { FailOn } from '../model/report.ts';
import { timingProfiles, type RunRequest } from '../model/request.ts';
import { inputs, type RawInputs } from './inputs.ts';
import { insideOf, resolvePath } from './paths.ts';
import { type Reader, reader, type Spelling } from './reader.ts';
import { smiVersionsOf } from './smi-versions.ts';

/** What differs between the doors when they read the same input. */
export interface Door extends Spelling {
  /** Whether files may only be written below `directory`. */
  confined: boolean;
  /** The environment's `KUBECONFIG`, for where the input is empty. */
  kubeconfig: string | undefined;
}

/** Checks every input and types it. Throws a `ConformanceError` that names the input, its value and the remedy. */
export function toRequest(raw: RawInputs, door: Door): RunRequest {
  const read = reader(raw, door);
  const cluster = clusterOf(read);
  const meshDefinition = read.path('mesh_definition');
  const kubeconfig = cluster === 'embedded' ? undefined : kubeconfigOf(read, door);
  return {
    cluster,
    ...given('kubeconfig', kubeconfig),
    mesh: meshOf(read, cluster, meshDefinition),
    meshDeployed: read.flag('mesh_deployed'),
    ...given('meshVersion', read.matching('mesh_version', /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/, 'write a version such as v1.2.4')),
    ...given('kubernetesVersion', read.matching('kubernetes_version', /^v?1\.\d{1,3}(?:\.\d{1,3})?$/, 'write a version such as 1.34 or v1.34.4')),
    ...given('nodeImage', read.matching('node_image', imageReference, 'write an image reference such as kindest/node:v1.34.4@sha256:…')),
    preload: read.list('preload'),
    keep: read.flag('keep'),
    ...given('meshDefinition', meshDefinition),
    ...given('assertions', read.path('assertions')),
    only: read.list('only'),
    skip: read.list('skip'),
    ...shardOf(read),
    failOn: failOnOf(read),
    ...given('concurrency', concurrencyOf(read)),
    probeImage: read.matching('probe_image', imageReference, 'write an image reference such as docker.io/library/node:24-alpine') ?? inputs.probe_image.default,
    ...given('applicationImage', applicationOf(read, cluster)),
    ...given('timeouts', read.text('timeouts') === '' ? undefined : read.choice('timeouts', timingProfiles)),
    ...given('smiVersions', smiVersionsOf(read)),
    ...given('prometheusUrl', prometheusOf(read)),
    ...given('prometheus', setUpOf(read, cluster)),
    outputDirectory: outputOf(read, door),
    ...given('fault', read.text('fault') || undefined),
  };
}

/** The word of `fail_on` for verdicts that are worse than in the baseline. */
export const regression = 'regression';

const imageReference = /^[a-z0-9](?:[a-z0-9._/:-]*[a-z0-9])?(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

function clusterOf(read: Reader): RunRequest['cluster'] {
  return read.choice('cluster', ['auto', 'existing', 'kind', 'minikube', 'embedded']);
}

function meshOf(read: Reader, cluster: RunRequest['cluster'], definition: string | undefined): string {
  const mesh = read.text('service_mesh');
  if (mesh !== '' || definition !== undefined) return mesh;
  if (cluster === 'embedded') return 'reference';
  throw new ConformanceError('BAD_INPUT', `${read.label('service_mesh')} is missing: write the mesh under test, such as open_service_mesh.`);
}

/** A regression is about two reports: what one says by itself does not depend on it, so it is no level of the request. */
function failOnOf(read: Reader): FailOn[] {
  const levels: readonly string[] = ['must', 'should', 'never', regression] satisfies (FailOn | typeof regression)[];
  const list = read.list('fail_on');
  const wrong = list.find((level) => !levels.includes(level));
  if (wrong !== undefined) throw read.bad('fail_on', `${JSON.stringify(wrong)} is no level; write must, should, regression, several of them with commas, or never`);
  if (list.includes('never') && list.length > 1) throw read.bad('fail_on', 'never stands alone; leave it out, or leave out the others');
  const own = list.filter((level) => level !== regression) as FailOn[];
  return own.length === 0 ? ['never'] : own;
}

function shardOf(read: Reader): Pick<RunRequest, 'shard' | 'durations'> {
  const remedy = 'write which part of how many, such as 1/3';
  const [index = 0, of = 0] = read.matching('shard', /^[1-9]\d{0,2}\/[1-9]\d{0,2}$/, remedy)?.split('/').map(Number) ?? [];
  const durations = read.path('durations');
  if (index === 0 && durations !== undefined) throw read.bad('durations', `it balances the parts of a run, and ${read.label('shard')} is not given; give it, or leave this out`);
  if (index > of) throw read.bad('shard', remedy);
  return index === 0 ? {} : { shard: { index, of }, ...given('durations', durations) };
}

/** What it is must be plain before a cluster is booted for it. It may hold a password, so the message does not repeat it. */
function prometheusOf(read: Reader): string | undefined {
  const value = read.text('prometheus_url');
  if (value === '') return undefined;
  const isUrl = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
  if (isUrl || /^[a-z0-9-]+\/[a-z0-9.-]+:\d{1,5}$/.test(value)) return value;
  throw new ConformanceError('BAD_INPUT', `${read.label('prometheus_url')} is neither a URL nor a Service of the cluster: write http://prometheus.example:9090, or osm-system/osm-prometheus:7070.`);
}

/** Whether the mesh is to bring a Prometheus. Whether it can, its definition says. */
function setUpOf(read: Reader, cluster: RunRequest['cluster']): 'install' | undefined {
  if (read.text('prometheus') === '') return undefined;
  const wish = read.choice('prometheus', ['install'], 'where none is to be set up, leave it out');
  const there = read.label('prometheus_url');
  if (cluster === 'embedded') throw read.bad('prometheus', 'the reference mesh of the embedded cluster serves the metrics API itself; leave it out');
  if (read.text('prometheus_url') !== '') throw read.bad('prometheus', `metrics are read from one Prometheus, and ${there} names another one; give one of the two`);
  if (read.flag('mesh_deployed')) {
    throw read.bad('prometheus', `it comes with a mesh that the run installs, and by ${read.label('mesh_deployed')} yours is on the cluster already; leave it out, and name the Service of the Prometheus that is there by ${there}, such as osm-system/osm-prometheus:7070`);
  }
  return wish;
}

/** The image of the application that answers in the probe's place, where one is asked for. */
function applicationOf(read: Reader, cluster: RunRequest['cluster']): string | undefined {
  const image = read.matching('application_image', imageReference, 'write an image reference such as docker.io/layer5/learn-layer5:latest');
  if (read.choice('application', ['probe', 'learn-layer5']) === 'probe') {
    if (image !== inputs.application_image.default) throw read.bad('application_image', `it is the image of another application than the probe; give ${read.label('application')}: learn-layer5, or leave it out`);
    return undefined;
  }
  if (cluster === 'embedded') throw read.bad('application', 'the embedded cluster runs no images; leave it out, or take a real cluster');
  return image;
}

function concurrencyOf(read: Reader): number | undefined {
  const value = read.matching('concurrency', /^(?:[1-9]|1[0-6])$/, 'write a whole number from 1 to 16');
  return value === undefined ? undefined : Number(value);
}

function outputOf(read: Reader, door: Door): string {
  const path = resolvePath(read.text('output_directory'), door);
  if (door.confined && !insideOf(path, door.directory)) throw read.bad('output_directory', 'write a folder inside the workspace, such as results');
  return path;
}

/** Several paths are joined as in `KUBECONFIG`. Absent: the cluster's adapter looks in the default place. */
function kubeconfigOf(read: Reader, door: Door): string | undefined {
  const chosen = read.text('kubeconfig');
  if (chosen === '') return door.kubeconfig || undefined;
  return chosen.split(delimiter).filter((path) => path !== '').map((path) => resolvePath(path, door)).join(delimiter);
}

/** An optional field of a request: absent where there is no value. */
function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
