import { delimiter } from 'node:path';
import { ConformanceError } from '../model/errors.ts';
import type { FailOn } from '../model/report.ts';
import { timingProfiles, type RunRequest } from '../model/request.ts';
import { inputs, type InputName, type RawInputs } from './inputs.ts';
import { insideOf, resolvePath } from './paths.ts';

/** What differs between the doors when they read the same input. */
export interface Door {
  /** How the user of this door spells an input: `mesh_deployed` in a workflow, `--mesh-deployed` in a terminal. */
  label: (input: InputName | 'fault') => string;
  /** Where relative paths begin. */
  directory: string;
  /** The home of `~/`. */
  home: string;
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
    meshDeployed: read.choice('mesh_deployed', ['true', 'false'], 'nothing else is understood') === 'true',
    ...given('meshVersion', read.matching('mesh_version', /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/, 'write a version such as v1.2.4')),
    ...given('kubernetesVersion', read.matching('kubernetes_version', /^v?1\.\d{1,3}(?:\.\d{1,3})?$/, 'write a version such as 1.34 or v1.34.4')),
    ...given('nodeImage', read.matching('node_image', imageReference, 'write an image reference such as kindest/node:v1.34.4@sha256:…')),
    preload: read.list('preload'),
    keep: read.choice('keep', ['true', 'false'], 'nothing else is understood') === 'true',
    ...given('meshDefinition', meshDefinition),
    only: read.list('only'),
    skip: read.list('skip'),
    failOn: failOnOf(read),
    ...given('concurrency', concurrencyOf(read)),
    probeImage: read.matching('probe_image', imageReference, 'write an image reference such as docker.io/library/node:24-alpine') ?? inputs.probe_image.default,
    ...given('timeouts', read.text('timeouts') === '' ? undefined : read.choice('timeouts', timingProfiles)),
    outputDirectory: outputOf(read, door),
    ...given('fault', read.text('fault') || undefined),
  };
}

const imageReference = /^[a-z0-9](?:[a-z0-9._/:-]*[a-z0-9])?(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

type Reader = ReturnType<typeof reader>;

function reader(raw: RawInputs, door: Door) {
  const text = (input: InputName | 'fault'): string => raw[input]?.trim() || (input === 'fault' ? '' : inputs[input].default);
  const bad = (input: InputName | 'fault', remedy: string): ConformanceError =>
    new ConformanceError('BAD_INPUT', `${door.label(input)} is ${JSON.stringify(text(input))}: ${remedy}.`);
  return {
    label: door.label,
    text,
    bad,
    choice<T extends string>(input: InputName, choices: readonly T[], more?: string): T {
      const found = choices.find((choice) => choice === text(input));
      if (found !== undefined) return found;
      throw bad(input, `write ${orOf(choices)}${more === undefined ? '' : `; ${more}`}`);
    },
    matching(input: InputName, pattern: RegExp, remedy: string): string | undefined {
      const value = text(input);
      if (value === '') return undefined;
      if (!pattern.test(value)) throw bad(input, remedy);
      return value;
    },
    list: (input: InputName): string[] => [...new Set(text(input).split(/[,\n]/).map((part) => part.trim()).filter((part) => part !== ''))],
    path(input: InputName): string | undefined {
      const value = text(input);
      return value === '' ? undefined : resolvePath(value, door);
    },
  };
}

function clusterOf(read: Reader): RunRequest['cluster'] {
  return read.choice('cluster', ['auto', 'existing', 'kind', 'minikube', 'embedded']);
}

function meshOf(read: Reader, cluster: RunRequest['cluster'], definition: string | undefined): string {
  const mesh = read.text('service_mesh');
  if (mesh !== '' || definition !== undefined) return mesh;
  if (cluster === 'embedded') return 'reference';
  throw new ConformanceError('BAD_INPUT', `${read.label('service_mesh')} is missing: write the mesh under test, such as open_service_mesh.`);
}

function failOnOf(read: Reader): FailOn[] {
  const levels: readonly string[] = ['must', 'should', 'never'] satisfies FailOn[];
  const list = read.list('fail_on');
  const wrong = list.find((level) => !levels.includes(level));
  if (wrong !== undefined) throw read.bad('fail_on', `${JSON.stringify(wrong)} is no level; write must, should, both with a comma, or never`);
  if (list.includes('never') && list.length > 1) throw read.bad('fail_on', 'never stands alone; leave it out, or leave out the others');
  return list as FailOn[];
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

function orOf(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

/** An optional field of a request: absent where there is no value. */
function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
