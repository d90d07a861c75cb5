import type { Server, Socket } from 'node:net';
import { messageOf } from '../../model/errors.ts';
import type { ProbeNetwork } from '../network.ts';

/** Something that is listening. */
export interface Listening {
  close(): Promise<void>;
}

/** Has a server listen at a port of the pod; closing it also ends the connections that it has. */
export async function serve(server: Server, port: number, network: ProbeNetwork, options?: { loopback?: boolean }): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.prependListener('connection', (socket: Socket) => {
    sockets.add(socket);
    // A peer may reset at any time; that concerns the peer, which sees it, and no one else. 'close' follows.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  try {
    await network.listen(server, port, options);
  } catch (error) {
    throw cannotListen(port, 'TCP', error);
  }
  return {
    close: () => new Promise((resolve) => {
      if (server.listening) server.close(() => resolve());
      else resolve();
      for (const socket of sockets) socket.destroy();
    }),
  };
}

/** Says which port it was. */
export function cannotListen(port: number, transport: 'TCP' | 'UDP', error: unknown): Error {
  return new Error(`The probe cannot listen at ${transport} port ${port}: ${messageOf(error)}. Give it a port that no other process of the pod has.`, { cause: error });
}
