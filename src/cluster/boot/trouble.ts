import { ConformanceError, type ErrorCode, messageOf } from '../../model/errors.ts';
import { CommandError } from '../../tools/index.ts';
import { dockerTrouble } from './docker.ts';

/** What was being done when something failed. */
export interface Attempt {
  tool: 'kind' | 'minikube';
  name: string;
  /** What was being done, such as `boot`: "kind could not boot the cluster …". */
  doing: string;
  image: string | undefined;
}

interface Cause {
  /** As kind, minikube, Docker or kubeadm print it. */
  printed: RegExp;
  code: ErrorCode;
  why(attempt: Attempt): string;
}

const causes: Cause[] = [
  { printed: /no space left on device|RSRC_(DOCKER|INSUFFICIENT)_STORAGE/i, code: 'BOOT_FAILED', why: () => 'the disk is full. Make room where Docker keeps its images (`docker system df` shows what takes it, `docker system prune` frees it).' },
  { printed: /port is already allocated|address already in use|ports are not available/i, code: 'BOOT_FAILED', why: () => 'the port that its API server was to have was taken at that moment. Run again; if it stays so, see what takes every free port (`ss -ltn`).' },
  { printed: /toomanyrequests|pull rate limit/i, code: 'IMAGE_PULL', why: ({ image }) => `the registry gives no more images to this address for now${of(image)}. Log in to it (\`docker login\`), or pull the image beforehand.` },
  { printed: /present locally/i, code: 'BAD_INPUT', why: () => 'an image to preload is not in the local Docker engine. Pull or build it first, or give an archive of it.' },
  { printed: /manifest unknown|manifest for \S+ not found|pull access denied|repository does not exist|failed to pull image|INET_CACHE|failed to resolve reference/i, code: 'IMAGE_PULL', why: ({ image }) => `its image cannot be pulled${of(image)}. Check its name (inputs \`kubernetes_version\`, \`node_image\`) and that this machine reaches the registry, or pull it beforehand.` },
  { printed: /K8S_(OLD|DOWNGRADE)_UNSUPPORTED|INET_VERSION_UNAVAILABLE/, code: 'BAD_INPUT', why: ({ tool }) => `${tool} does not have that Kubernetes version. Choose another by the input \`kubernetes_version\`, or write cluster: kind.` },
  { printed: /DRV_AS_ROOT/, code: 'BOOT_FAILED', why: () => 'minikube does not run as root. Run as another user, or write cluster: kind.' },
  { printed: /RSRC_INSUFFICIENT_(CORES|REQ_MEMORY|SYS_MEMORY|CONTAINER_MEMORY)|RSRC_DOCKER_(CORES|MEMORY)/, code: 'BOOT_FAILED', why: () => 'this machine, or its Docker engine, has too little memory or too few processors. Give it 2 processors and 2 GB, or write cluster: kind.' },
  { printed: /too many open files|could not find a log line that matches/i, code: 'BOOT_FAILED', why: () => "its node did not start. Raise the machine's limits of inotify (`sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512`); a Kubernetes before 1.24 needs cgroups v1." },
  { printed: /failed to init node with kubeadm|GUEST_START|K8S_\w+|kubelet isn't running/i, code: 'BOOT_FAILED', why: () => 'Kubernetes did not come up on its node. The logs of the node say why; another `kubernetes_version` may do.' },
];

/** The error of a cluster that could not be had: why, as far as the tool says it, and what to do. Errors that say it already stay as they are. */
export function explain(error: unknown, attempt: Attempt): ConformanceError {
  const { tool, name, doing } = attempt;
  const lead = `${tool} could not ${doing} the cluster ${name}: `;
  if (!(error instanceof CommandError)) return error instanceof ConformanceError ? error : new ConformanceError('BOOT_FAILED', `${lead}${messageOf(error)}`, { cause: error });
  const docker = dockerTrouble(error.printed);
  if (docker !== undefined) return new ConformanceError('NO_DOCKER', `${lead}Docker cannot be used: ${docker.why}. ${docker.remedy}`, { cause: error });
  const cause = causes.find(({ printed }) => printed.test(error.printed));
  if (cause !== undefined) return new ConformanceError(cause.code, `${lead}${cause.why(attempt)}${lastLines(error)}`, { cause: error });
  if (error.trouble === 'time') return new ConformanceError('BOOT_FAILED', `${lead}${error.message.replace(/ Mend .*/s, '')} Where its image takes so long to come, pull it beforehand; else give the machine more memory and processors.${lastLines(error)}`, { cause: error });
  return new ConformanceError('BOOT_FAILED', `${lead}${error.message}`, { cause: error });
}

function lastLines({ tail }: CommandError): string {
  return tail === '' ? '' : ` Its last lines:\n${tail}`;
}

function of(image: string | undefined): string {
  return image === undefined ? '' : ` (${image})`;
}
