import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { ReferenceNetwork } from '../../reference/contract.ts';
import type { MetricsApi } from '../../reference/metrics/index.ts';
import type { Pods } from '../../reference/pods/index.ts';
import type { Store } from '../../reference/store/index.ts';
import { ApiError } from '../port.ts';
import type { Cluster, PodRef } from '../port.ts';

export interface EmbeddedParts {
  store: Store;
  pods: Pods;
  network: ReferenceNetwork;
  /** Absent where the cluster serves no metrics. */
  metrics?: MetricsApi;
}

/** The version of the API that the store speaks, marked as what it is. */
const kubernetesVersion = 'v1.34.0+embedded';

const notFound = { status: 404, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message: 'the server could not find the requested resource', reason: 'NotFound', code: 404 } };

/** The port over the parts of the reference cluster. Closing it closes them. */
export function clusterOver({ store, pods, network, metrics }: EmbeddedParts): Cluster {
  const forwards = new Set<Socket>();
  let closing: Promise<void> | undefined;

  /** Runs a call as one to a server: failures reject, and after the end nobody answers. */
  const call = <Result>(action: () => Result): Promise<Result> =>
    new Promise((resolve) => {
      if (closing !== undefined) throw new ApiError(0, 'Closed', 'the embedded cluster was closed');
      resolve(action());
    });

  async function closeAll(): Promise<void> {
    for (const socket of forwards) socket.destroy();
    try {
      await pods.close();
    } finally {
      await network.close();
    }
  }

  const cluster: Cluster = {
    kind: 'embedded',
    about: () => call(() => ({ kubernetesVersion, server: 'embedded' })),
    served: () => call(() => [...store.served(), ...(metrics?.served() ?? [])]),
    get: (ref) => call(() => store.read(ref)),
    list: (query) => call(() => store.query(query)),
    read: (path, options) => call(() => metrics?.answer(path, options?.as) ?? notFound),
    create: (object, options) => call(() => store.create(object, options)),
    replace: (object) => call(() => store.replace(object)),
    delete: (ref) => call(() => store.remove(ref)),
    async forward(pod, port) {
      const real = await call(() => realPort(pod, port));
      const socket = await connected(real, `${pod.namespace}/${pod.name}:${port}`);
      forwards.add(socket);
      socket.once('close', () => forwards.delete(socket));
      if (closing !== undefined) socket.destroy();
      return socket;
    },
    logs: (pod, container, tailLines, { previous = false } = {}) => call(() => {
      checkPod(pod);
      // No container of it is ever started anew.
      if (previous) throw new ApiError(400, 'BadRequest', `previous terminated container "${container}" in pod "${pod.name}" not found`);
      const lines = pods.find(pod)?.logs(container);
      if (lines === undefined) throw new ApiError(400, 'BadRequest', `container ${container} is not valid for pod ${pod.name}`);
      return lines.slice(Math.max(lines.length - tailLines, 0)).map((line) => `${line}\n`).join('');
    }),
    // Whoever runs this process owns the cluster in it.
    mayI: () => call(() => true),
    // No call of it waits.
    until: () => cluster,
    close: () => (closing ??= closeAll()),
  };
  return cluster;

  function checkPod({ namespace, name }: PodRef): void {
    if (store.get('Pod', namespace, name) === undefined) throw new ApiError(404, 'NotFound', `pods "${name}" not found`);
  }

  function realPort(pod: PodRef, port: number): number {
    checkPod(pod);
    const real = pods.find(pod)?.network()?.loopbackPort(port);
    if (real === undefined) throw new ApiError(0, 'PortForward', `The port-forward to ${pod.namespace}/${pod.name}:${port} failed: nothing listens at port ${port} of its loopback interface.`);
    return real;
  }
}

function connected(port: number, place: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new ApiError(0, 'PortForward', `The port-forward to ${place} failed: ${error.message}`, { cause: error }));
    const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => {
      socket.off('error', fail);
      resolve(socket);
    });
    socket.once('error', fail);
  });
}
