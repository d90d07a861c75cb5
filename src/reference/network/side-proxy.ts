import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { closeServer, listenOnLoopback } from './loopback.ts';

/** The listener of a meshed pod through which everything passes that the pod sends, and everything that comes to it from outside the mesh. */
export interface SideProxy {
  /** Settles when it listens, or cannot. */
  ready: Promise<void>;
  /** Its port on 127.0.0.1 of the machine, once it listens. */
  port(): number | undefined;
  close(): Promise<void>;
}

/** Starts a side proxy; `conduct` is given each connection. */
export function createSideProxy(conduct: (socket: Socket) => void): SideProxy {
  const server = createServer({ noDelay: true }, conduct);
  let port: number | undefined;
  const ready = listenOnLoopback(server).then(() => {
    port = (server.address() as AddressInfo).port;
  });
  // Who waits for it is told; that nobody does is no failure of the process.
  ready.catch(() => undefined);
  return {
    ready,
    port: () => port,
    // What does not listen yet cannot be closed.
    close: () => ready.then(() => closeServer(server), () => undefined),
  };
}
