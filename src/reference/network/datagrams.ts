import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import type { AttachedPod } from './attached-pod.ts';
import { networkError } from './errors.ts';
import { locate } from './locate.ts';
import type { StreamFabric } from './streams.ts';

/** What a pod's datagrams need of the network. */
export interface DatagramFabric extends StreamFabric {
  /** Whose socket sends from which port, and whether it sends to its own pod. */
  senders: Map<number, { caller: AttachedPod; within: boolean }>;
}

/** Sends a datagram of a pod from a socket of its own, and resolves with the answer. A mesh that keeps it from its destination does so in silence. */
export async function askFrom(pod: AttachedPod, host: string, port: number, payload: Buffer, timeoutMs: number, fabric: DatagramFabric): Promise<Buffer> {
  const { realPort, within } = findReceiver(pod, host, port, fabric);
  const socket = createSocket('udp4');
  const cut = (): Error => networkError('ECONNREFUSED', 'recv', host, port);
  let sourcePort: number | undefined;
  pod.asking.add(socket);
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const timer = setTimeout(() => reject(Object.assign(new Error(`No answer within ${timeoutMs} ms.`), { code: 'ETIMEDOUT' })), timeoutMs);
      socket.on('close', () => {
        clearTimeout(timer);
        reject(cut());
      });
      socket.on('error', reject);
      socket.on('message', resolve);
      socket.bind({ address: '127.0.0.1', port: 0 }, () => {
        sourcePort = socket.address().port;
        fabric.senders.set(sourcePort, { caller: pod, within });
        // Connected, so that the kernel passes on a refusal (ICMP) and nobody else's datagrams.
        socket.connect(realPort, '127.0.0.1', () => socket.send(payload, (error) => {
          if (error !== null) reject(error);
        }));
      });
    });
  } finally {
    if (sourcePort !== undefined) fabric.senders.delete(sourcePort);
    if (pod.asking.delete(socket)) socket.close();
  }
}

/** Answers the datagrams that may reach a port of a pod. */
export async function answerAt(pod: AttachedPod, port: number, reply: (payload: Buffer) => Buffer, fabric: DatagramFabric): Promise<{ close(): void }> {
  if (pod.closed || pod.datagrams.has(port)) throw networkError('EADDRINUSE', 'bind', pod.ip, port);
  const socket = createSocket('udp4');
  const answering = {
    realPort: 0,
    close() {
      if (pod.datagrams.get(port) !== answering) return;
      pod.datagrams.delete(port);
      socket.close();
    },
  };
  pod.datagrams.set(port, answering);
  socket.on('message', (payload, from) => {
    if (mayReach(pod, port, from.port, fabric)) socket.send(reply(payload), from.port, from.address);
  });
  try {
    await bind(socket);
  } catch (error) {
    answering.close();
    throw error;
  }
  // An error of one answer, such as to a socket that is gone, concerns only who asked.
  socket.on('error', () => undefined);
  answering.realPort = socket.address().port;
  return answering;
}

/** The destination's side proxy: the sender is the pod whose socket the datagram came from. */
function mayReach(pod: AttachedPod, port: number, sourcePort: number, { senders, plane }: DatagramFabric): boolean {
  const sender = senders.get(sourcePort);
  if (sender === undefined) return false;
  if (!pod.facts.meshed || (sender.within && sender.caller === pod)) return true;
  return plane.passage(sender.caller.facts, pod.facts, { transport: 'udp', port }) === 'open';
}

/** The socket of the machine that a call ends at. */
function findReceiver(pod: AttachedPod, host: string, port: number, fabric: DatagramFabric): { realPort: number; within: boolean } {
  const to = locate(pod, host, port, 'udp', fabric);
  if (to instanceof Error) throw to;
  const { plane, podNamed } = fabric;
  const endpoint = to === 'self' || !('service' in to) ? undefined
    : pod.facts.meshed ? plane.route(to.service, to.called, { caller: pod.facts, host }) : plane.plain(to.service, to.called);
  const target = to === 'self' ? pod : 'pod' in to ? to.pod : endpoint && podNamed(endpoint.namespace, endpoint.name);
  const realPort = target?.datagrams.get(endpoint?.port ?? port)?.realPort;
  if (pod.closed || realPort === undefined) throw networkError('ECONNREFUSED', 'connect', host, port);
  return { realPort, within: to === 'self' };
}

function bind(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address: '127.0.0.1', port: 0 }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}
