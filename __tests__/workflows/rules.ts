import { load } from 'js-yaml';
import type { Metadata } from '../../scripts/docs.ts';
import type { RawInputs } from '../../src/door/inputs.ts';
import { toRequest } from '../../src/door/request.ts';
import { nodeImageFor } from '../../src/cluster/boot/index.ts';
import { findMesh } from '../../src/mesh/index.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';

/** What the rules need to know of this project. */
export interface Known {
  metadata: Metadata;
  meshes: readonly MeshDefinition[];
}

interface Step {
  id?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  'continue-on-error'?: boolean;
}

interface Job {
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  strategy?: { matrix?: Record<string, unknown> };
  steps: Step[];
}

/** As users of the action write it, and as its own workflows do. */
const ours = /^(?:\.\/|smi-conformance\/smi-conformance@v\d+)$/;

/** What actionlint cannot know: this project's action, who may do what, and that everything of others is pinned. */
export function problemsIn(text: string, known: Known): string[] {
  const { permissions, jobs } = load(text) as { permissions?: object; jobs: Record<string, Job> };
  const rights = permissions !== undefined && Object.keys(permissions).length === 0 ? [] : ['the workflow does not begin with `permissions: {}`: a job without its own would get those of the repository'];
  return [...rights, ...unpinned(text), ...Object.entries(jobs).flatMap(([name, job]) => jobProblems(job, known).map((problem) => `${name}: ${problem}`))];
}

function jobProblems(job: Job, known: Known): string[] {
  return [
    ...(job['timeout-minutes'] === undefined ? ['it has no timeout-minutes: a mesh that hangs would take six hours'] : []),
    ...wrongRights(job),
    ...job.steps.flatMap((step) => [...inScript(step), ...leftToken(step), ...inputProblems(step, known)]),
    ...outputProblems(job, known),
    ...versionProblems(job, known),
  ];
}

/** A tag can be moved to something else: only a commit cannot. */
function unpinned(text: string): string[] {
  const uses = [...text.matchAll(/^\s*(?:- )?uses: *(\S+)(.*)$/gm)];
  return uses.flatMap(([, action = '', comment = '']) => (ours.test(action) || (/@[0-9a-f]{40}$/.test(action) && /^ # v\d+\.\d+\.\d+$/.test(comment)) ? [] : [`${action} is not pinned to a commit with its version behind it (# v1.2.3)`]));
}

/** No more rights, and no fewer, than what its steps need. Signing is a choice, but for results that others are to believe. */
function wrongRights({ permissions = {}, steps }: Job): string[] {
  const action = steps.filter(({ uses = '' }) => ours.test(uses));
  const publishes = action.some(({ with: inputs = {} }) => inputs['publish_branch'] !== undefined);
  const contents = publishes ? 'write' : steps.some(({ uses = '' }) => uses.startsWith('actions/checkout@')) ? 'read' : undefined;
  const problems: string[] = [];
  // What other actions, and scripts with the job's token, need is known to them only.
  const open = steps.some((step) => (step.uses !== undefined && !/^actions\/(?:checkout|setup-node|upload-artifact)@/.test(step.uses) && !ours.test(step.uses)) || /github\.token|GITHUB_TOKEN/.test(JSON.stringify(step)));
  const enough = permissions['contents'] === contents || (open && (contents === undefined || permissions['contents'] === 'write'));
  if (!enough) problems.push(`its permission contents is ${permissions['contents'] ?? 'not given'}, and should be ${contents ?? 'left out'}`);
  const identity = permissions['id-token'];
  if (identity !== 'write' && (publishes || action.some(({ with: inputs = {} }) => inputs['provider_token'] !== undefined))) problems.push('it publishes results and has no id-token: write, so that they are not signed');
  if (identity !== undefined && action.length === 0 && !open) problems.push('it has id-token, and signs nothing');
  if (identity !== undefined && identity !== 'write') problems.push(`its permission id-token is ${identity}, and should be write or left out`);
  const allowed = ['contents', 'id-token', ...(action.length > 0 ? shown : [])];
  const more = Object.keys(permissions).filter((name) => !allowed.includes(name));
  return open ? problems : [...problems, ...more.map((name) => `nothing in it needs the permission ${name}`)];
}

/** What our action shows where it may, and goes on without. */
const shown = ['attestations', 'checks', 'pull-requests'];

/** What an expression holds may be a command: a shell gets it by the environment. What the matrix of the same file holds is written there. */
function inScript({ run = '' }: Step): string[] {
  return /\$\{\{(?! *matrix\.)/.test(run) ? ['an expression stands in a script: hand it over by `env`'] : [];
}

function leftToken({ uses = '', with: inputs = {} }: Step): string[] {
  return uses.startsWith('actions/checkout@') && inputs['persist-credentials'] !== false ? ['the checkout leaves its token behind: persist-credentials: false'] : [];
}

function inputProblems({ uses = '', with: inputs = {}, ...step }: Step, { metadata, meshes }: Known): string[] {
  if (!ours.test(uses)) return [];
  const unknown = Object.keys(inputs).filter((name) => !(name in metadata.inputs)).map((name) => `the action has no input ${name}`);
  // What an expression gives is known to the runner only; what is meant to go wrong may.
  const literal = Object.fromEntries(Object.entries(inputs).filter(([name, value]) => name in metadata.inputs && !String(value).includes('${{')).map(([name, value]) => [name, String(value)]));
  if (step['continue-on-error'] === true) return unknown;
  const problem = firstProblem(() => {
    if (literal['service_mesh'] !== undefined) findMesh(literal['service_mesh'], meshes);
    const raw: RawInputs = { ...defaults(metadata), ...literal, ...(inputs['service_mesh'] === undefined ? {} : { service_mesh: literal['service_mesh'] ?? 'osm' }) };
    toRequest(raw, { label: (name) => name, directory: '/workspace', home: '/home', confined: true, kubeconfig: undefined });
  });
  return [...unknown, ...problem];
}

function defaults({ inputs }: Metadata): RawInputs {
  return Object.fromEntries(Object.entries(inputs).map(([name, { default: standard = '' }]) => [name, standard]));
}

/** The outputs of remote actions are whatever somebody writes, as far as actionlint knows. */
function outputProblems({ steps }: Job, { metadata }: Known): string[] {
  const ids = steps.filter(({ uses = '' }) => ours.test(uses)).flatMap(({ id }) => id ?? []);
  const used = [...JSON.stringify(steps).matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)];
  return used.flatMap(([, id = '', output = '']) => (ids.includes(id) && !(output in metadata.outputs) ? [`the action has no output ${output}`] : []));
}

/** Meshes, their versions and those of Kubernetes that a matrix names are known here, so that what users copy works. */
function versionProblems({ strategy }: Job, { meshes }: Known): string[] {
  const values = strategy?.matrix === undefined ? [] : leaves(strategy.matrix);
  return values.flatMap(({ mesh, kubernetes }) => [
    ...(kubernetes === undefined ? [] : firstProblem(() => nodeImageFor({ kubernetesVersion: kubernetes }))),
    ...(mesh === undefined ? [] : firstProblem(() => {
      const { install } = findMesh(mesh.name, meshes);
      if (install?.versions.some(({ version }) => version === mesh.version) !== true) throw new Error(`${mesh.name} ${mesh.version} is not pinned in its definition`);
    })),
  ]);
}

interface Cell {
  mesh?: { name: string; version: string };
  kubernetes?: string;
}

function leaves({ include = [], mesh = [], kubernetes = [] }: { include?: Cell[]; mesh?: unknown[]; kubernetes?: string[] }): Cell[] {
  const objects = mesh.filter((one): one is NonNullable<Cell['mesh']> => typeof one === 'object');
  return [...include, ...objects.map((one) => ({ mesh: one })), ...kubernetes.map((one) => ({ kubernetes: one }))];
}

function firstProblem(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
