import { defaultProbeImage } from '../model/request.ts';

/** What both doors know of one input; `action.yml` says the same to the users of the action, and a test compares them. */
export interface InputFact {
  /** What stands for the value in the help of the command line. */
  value: string;
  help: string;
  /** In force where the input is absent or empty; an empty default means: found out at run time. */
  default: string;
  /** A shorter flag that the command line takes as well. */
  alias?: string;
}

/** Every input of a run, by its name in the action; the command line spells it with hyphens (`mesh_deployed` is `--mesh-deployed`). */
export const inputs = {
  service_mesh: { value: 'NAME', help: 'mesh under test, by name or alias', default: '', alias: '--mesh' },
  mesh_deployed: { value: 'true|false', help: 'the mesh is on the cluster already; else it is installed, and removed at the end', default: 'false' },
  cluster: { value: 'KIND', help: 'auto, existing, kind, minikube or embedded; auto takes a cluster that answers, else boots one with kind', default: 'auto' },
  kubeconfig: { value: 'FILE', help: 'kubeconfig of the cluster ($KUBECONFIG, then ~/.kube/config)', default: '' },
  kubernetes_version: { value: 'VERSION', help: 'Kubernetes version of the cluster to boot, such as 1.34', default: '' },
  node_image: { value: 'IMAGE', help: 'image of the node to boot, in place of the pinned one', default: '' },
  preload: { value: 'LIST', help: 'image archives and local images to load into the nodes that are booted', default: '' },
  keep: { value: 'true|false', help: 'leave the mesh and the cluster that the run made', default: 'false' },
  mesh_version: { value: 'VERSION', help: 'version of the mesh to install', default: '' },
  mesh_definition: { value: 'FILE', help: 'a mesh definition of your own', default: '' },
  only: { value: 'GLOBS', help: 'run only the assertions whose ids match', default: '' },
  skip: { value: 'GLOBS', help: 'leave out the assertions whose ids match', default: '' },
  fail_on: { value: 'LEVELS', help: 'levels whose failures fail the run: must, should or never', default: 'must' },
  concurrency: { value: '1-16', help: 'assertions that run at once', default: '' },
  probe_image: { value: 'IMAGE', help: 'image with Node 24 in which the probe runs', default: defaultProbeImage },
  timeouts: { value: 'PROFILE', help: 'standard, patient or embedded', default: '' },
  output_directory: { value: 'DIR', help: 'where the report files go', default: 'results', alias: '--output' },
  provider_token: { value: 'TOKEN', help: 'token of the results provider; uploading comes in a later release', default: '' },
} as const satisfies Record<string, InputFact>;

export type InputName = keyof typeof inputs;
export const inputNames = Object.keys(inputs) as InputName[];

/** What a user wrote, as text; absent or empty means the default. `fault` has no place in the action. */
export type RawInputs = Partial<Record<InputName | 'fault', string>>;
