import { ConformanceError } from '../../model/errors.ts';
import type { DockerState } from './docker.ts';

/** What is known of the machine where the choice is open. */
export interface MachineFacts {
  /** The current context of the default kubeconfig, or the pod's service account. */
  current: { answers: true; server: string } | { answers: false; why: string };
  docker: DockerState;
}

export interface Choice {
  choice: 'existing' | 'kind' | 'minikube';
  /** For the log. */
  because: string;
}

/**
 * Which cluster a run works on. `auto` takes the one of a kubeconfig that was given or that answers, else boots one with kind; never the embedded one,
 * whose verdicts are of no mesh. Throws NO_CLUSTER where there is none to take.
 */
export function chooseCluster(request: { cluster: 'auto' | 'existing' | 'kind' | 'minikube'; kubeconfig?: string }, facts: MachineFacts): Choice {
  if (request.cluster !== 'auto') return { choice: request.cluster, because: 'it was asked for' };
  if (request.kubeconfig !== undefined) return { choice: 'existing', because: `a kubeconfig is given: ${request.kubeconfig}` };
  const { current, docker } = facts;
  if (current.answers) return { choice: 'existing', because: `the cluster of the current context answers at ${current.server}` };
  const none = `there is no cluster to take (${sentence(current.why)})`;
  if (docker.answers) return { choice: 'kind', because: `${none}, and Docker ${docker.version} runs` };
  throw new ConformanceError('NO_CLUSTER', `${none}, and none can be booted, for Docker cannot be used: ${docker.why}. ${docker.remedy} Or give a cluster that runs by the input \`kubeconfig\`.`);
}

/** The first sentence of a message, to be put into another. */
function sentence(message: string): string {
  return message.split(/\.\s/)[0]?.replace(/\.$/, '') ?? message;
}
