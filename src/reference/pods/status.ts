import { hostIP } from './environment.ts';

/** How a container of a pod fares. */
export type ContainerState = { name: string; image: string } & (
  | { is: 'running'; since: string }
  | { is: 'waiting'; reason: string; message?: string }
  /** It ended again and again, each time with this message. */
  | { is: 'crashing'; restarts: number; message: string }
);

export interface PodState {
  uid: string;
  since: string;
  /** Once the pod is attached to the network. */
  ip?: string;
  containers: ContainerState[];
}

/** The status of a Pod as a kubelet writes it. */
export function podStatus({ uid, since, ip, containers }: PodState): Record<string, unknown> {
  const runs = containers.every(({ is }) => is === 'running');
  const unready = containers.flatMap((container) => (container.is === 'running' ? [] : [container.name]));
  const ready = runs
    ? { status: 'True' }
    : { status: 'False', reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` };
  const condition = (type: string, more: object): object => ({ type, lastTransitionTime: since, ...more });
  return {
    phase: containers.some(({ is }) => is === 'waiting') ? 'Pending' : 'Running',
    hostIP,
    startTime: since,
    qosClass: 'Burstable',
    ...(ip !== undefined && { podIP: ip, podIPs: [{ ip }] }),
    conditions: [condition('PodScheduled', { status: 'True' }), condition('Initialized', { status: 'True' }), condition('ContainersReady', ready), condition('Ready', ready)],
    containerStatuses: containers.map((container) => containerStatus(container, uid)),
  };
}

/** No image is ever pulled, so an image has no digest here: its id is its name. */
function containerStatus(container: ContainerState, uid: string): Record<string, unknown> {
  const { name, image } = container;
  const runs = container.is === 'running';
  return {
    name,
    image,
    imageID: container.is === 'waiting' ? '' : image,
    ...(container.is !== 'waiting' && { containerID: `embedded://${uid}/${name}` }),
    ready: runs,
    started: runs,
    ...stateOf(container),
  };
}

function stateOf(container: ContainerState): Record<string, unknown> {
  switch (container.is) {
    case 'running':
      return { restartCount: 0, state: { running: { startedAt: container.since } }, lastState: {} };
    case 'waiting': {
      const { reason, message } = container;
      return { restartCount: 0, state: { waiting: { reason, ...(message !== undefined && { message }) } }, lastState: {} };
    }
    case 'crashing': {
      const { message, restarts } = container;
      return {
        restartCount: restarts,
        state: { waiting: { reason: 'CrashLoopBackOff', message: `back-off restarting failed container ${container.name}` } },
        lastState: { terminated: { exitCode: 1, reason: 'Error', message } },
      };
    }
  }
}
