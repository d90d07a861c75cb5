import type { Server } from 'node:net';

/** Above the default of 511, which a burst of fresh connections overruns. */
const backlog = 4096;

/** Has a server listen on a free port of 127.0.0.1. */
export function listenOnLoopback(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, backlog }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Stops a server from listening; resolves when its last connection has gone, which is for the caller to see to. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // The error says that it does not listen any more: then there is nothing to wait for.
    server.close(() => resolve());
  });
}
