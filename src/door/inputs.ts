import { defaultApplicationImage, defaultProbeImage } from '../model/request.ts';

/** What both doors know of one input; `action.yml` says the same to the users of the action, and a test compares them. */
export interface InputFact {
  /** What stands for the value in the help of the command line. */
  value: string;
  help: string;
  /** In force where the input is absent or empty; an empty default means: found out at run time. */
  default: string;
  /** A shorter flag that the command line takes as well. */
  alias?: string;
  /** The action takes it from the environment, masks it, and it is nowhere afterwards but in what uses it. */
  secret?: true;
  /** The command line has no such option: `environment` where a variable holds it there, `action` where it has no meaning there. */
  only?: 'environment' | 'action';
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
  assertions: { value: 'DIR', help: 'a folder of assertions and fixtures of your own, which run with the suite and count for none of its figures', default: '' },
  only: { value: 'GLOBS', help: 'run only the assertions whose ids match', default: '' },
  skip: { value: 'GLOBS', help: 'leave out the assertions whose ids match', default: '' },
  shard: { value: 'I/N', help: 'run part I of N of the plan; report merge makes one report of all parts', default: '' },
  durations: { value: 'FILE', help: 'an earlier report.json, by whose durations shard balances the parts', default: '' },
  fail_on: { value: 'LEVELS', help: 'levels whose failures fail the run: must, should or never; regression: verdicts worse than in the baseline', default: 'must' },
  baseline: { value: 'FILE', help: 'an earlier report.json of the mesh: verdicts that are worse are named', default: '' },
  concurrency: { value: '1-16', help: 'assertions that run at once', default: '' },
  probe_image: { value: 'IMAGE', help: 'image with Node 24 in which the probe runs', default: defaultProbeImage },
  application: { value: 'NAME', help: 'what answers as the server: probe, or learn-layer5 where that is enough', default: 'probe' },
  application_image: { value: 'IMAGE', help: 'image of the Learn Layer5 application', default: defaultApplicationImage },
  timeouts: { value: 'PROFILE', help: 'standard, patient or embedded', default: '' },
  prometheus_url: { value: 'WHERE', help: 'Prometheus of a mesh without the metrics API: a URL, or a Service as namespace/name:port', default: '' },
  prometheus: { value: 'install', help: 'install: the mesh is installed together with the Prometheus of its own chart, where metrics are then read', default: '' },
  smi_versions: { value: 'VERSIONS', help: 'SMI versions that the embedded cluster serves, such as access=v1alpha2,specs=v1alpha3,split=v1alpha2', default: '' },
  output_directory: { value: 'DIR', help: 'where the report files go', default: 'results', alias: '--output' },
  signing_key: { value: 'FILE', help: 'Ed25519 key (PEM) that signs the report', default: '', secret: true },
  provider_token: { value: 'TOKEN', help: 'token of the results provider', default: '', secret: true, only: 'environment' },
  provider_url: { value: 'URL', help: 'results provider; its token is taken from $SMI_CONFORMANCE_PROVIDER_TOKEN', default: 'https://cloud.meshery.io' },
  provider_naming: { value: 'NAMING', help: 'how the provider spells its fields: snake_case or camelCase', default: 'snake_case' },
  require_upload: { value: 'true|false', help: 'a result that is not uploaded fails the run', default: 'false' },
  stream_url: { value: 'URL', help: 'where each event of the run is posted to as a CloudEvent', default: '', secret: true },
  artifact: { value: 'true|false', help: 'keep the files of the run as an artifact of the workflow', default: 'true', only: 'action' },
  comment: { value: 'true|false', help: 'a comment on the pull request, brought up to date by each push', default: 'true', only: 'action' },
  check: { value: 'true|false', help: 'a check on the commit, with a conclusion by fail_on', default: 'true', only: 'action' },
  publish_branch: { value: 'BRANCH', help: 'branch of the repository that keeps the results', default: '', only: 'action' },
  github_token: { value: 'TOKEN', help: 'token that may write to the repository and its pull requests', default: '${{ github.token }}', secret: true, only: 'action' },
} as const satisfies Record<string, InputFact>;

export type InputName = keyof typeof inputs;
export const inputNames = Object.keys(inputs) as InputName[];

/** What is known of one input. */
export function factOf(name: InputName): InputFact {
  return inputs[name];
}

/** What a user wrote, as text; absent or empty means the default. `fault` has no place in the action. */
export type RawInputs = Partial<Record<InputName | 'fault', string>>;
