import type { AddressInfo, Server, Socket } from 'node:net';
import type { PodNetwork } from '../contract.ts';
import type { AttachedPod } from './attached-pod.ts';
import { answerAt, askFrom } from './datagrams.ts';
import type { DatagramFabric } from './datagrams.ts';
import { networkError } from './errors.ts';
import { closeServer, listenOnLoopback } from './loopback.ts';
import { connectFrom } from './streams.ts';

/** The network as a pod has it. A meshed pod can connect once its side proxy listens, which `listen` and `answer` wait for; before, it is refused. */
export function createPodNetwork(pod: AttachedPod, fabric: DatagramFabric, detach: () => void): PodNetwork {
  return {
    ip: pod.ip,
    connect: (host, port) => connectFrom(pod, host, port, fabric),
    async listen(server, port, { loopback = false } = {}) {
      await pod.proxy?.ready;
      await listenAt(pod, server, port, loopback);
    },
    ask: (host, port, payload, timeoutMs) => askFrom(pod, host, port, payload, timeoutMs, fabric),
    async answer(port, reply) {
      await pod.proxy?.ready;
      return answerAt(pod, port, reply, fabric);
    },
    loopbackPort: (port) => pod.applications.get(port)?.realPort,
    async close() {
      pod.closed = true;
      detach();
      await closePod(pod);
    },
  };
}

async function listenAt(pod: AttachedPod, server: Server, port: number, loopback: boolean): Promise<void> {
  if (pod.closed || pod.applications.has(port)) throw networkError('EADDRINUSE', 'listen', pod.ip, port);
  const listener = { server, realPort: undefined as number | undefined, loopback };
  pod.applications.set(port, listener);
  const release = (): void => {
    if (pod.applications.get(port) === listener) pod.applications.delete(port);
  };
  try {
    await listenOnLoopback(server);
  } catch (error) {
    release();
    throw error;
  }
  if (pod.closed) {
    await closeServer(server);
    throw networkError('ECONNABORTED', 'listen', pod.ip, port);
  }
  listener.realPort = (server.address() as AddressInfo).port;
  server.prependListener('connection', (socket: Socket) => pod.sockets.add(socket));
  server.once('close', release);
}

/** Ends everything that is open for a pod. */
async function closePod(pod: AttachedPod): Promise<void> {
  for (const answering of pod.datagrams.values()) answering.close();
  for (const socket of pod.asking) {
    pod.asking.delete(socket);
    socket.close();
  }
  const servers = [...pod.applications.values()].map(({ server }) => closeServer(server));
  const proxy = pod.proxy?.close();
  pod.sockets.destroy();
  await Promise.all([...servers, proxy]);
}
