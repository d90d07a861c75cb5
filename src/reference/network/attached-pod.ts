import type { Socket as DatagramSocket } from 'node:dgram';
import type { Server, Socket } from 'node:net';
import type { PodFacts } from '../contract.ts';
import type { SideProxy } from './side-proxy.ts';

/** A pod on the network: who it is, what listens in it, and all that is open for it. */
export interface AttachedPod {
  /** `meshed` says whether it has a side proxy. */
  facts: PodFacts;
  ip: string;
  /** TCP servers by the pod's port. */
  applications: Map<number, Listener>;
  /** UDP servers by the pod's port. */
  datagrams: Map<number, { realPort: number; close(): void }>;
  /** Sockets of datagrams that wait for their answer. */
  asking: Set<DatagramSocket>;
  /** Present in meshed pods. */
  proxy?: SideProxy;
  sockets: SocketSet;
  closed: boolean;
}

export interface Listener {
  server: Server;
  /** Where it listens on 127.0.0.1 of the machine, once it does. */
  realPort: number | undefined;
  /** Only the pod itself reaches it. */
  loopback: boolean;
}

/** A server that listens. */
export type Application = Listener & { realPort: number };

/** Open sockets, to be ended together. */
export interface SocketSet {
  /** Keeps a socket until it closes. */
  add(socket: Socket): void;
  destroy(): void;
}

export function createSocketSet(): SocketSet {
  const sockets = new Set<Socket>();
  return {
    add(socket) {
      if (sockets.has(socket)) return;
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    },
    destroy() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** The server that other pods reach at a port of a pod. */
export function applicationAt(pod: AttachedPod, port: number): Application | undefined {
  const listener = pod.applications.get(port);
  return listener === undefined || listener.loopback || listener.realPort === undefined ? undefined : (listener as Application);
}
