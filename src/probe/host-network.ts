import { connect } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { askOnce, bindDatagramSocket } from './host-datagram.ts';
import { createResolver } from './host-lookup.ts';
import type { ProbeNetwork } from './network.ts';

export interface HostNetworkOptions {
  /**
   * Real ports by the port that the probe knows, for probes that share a machine. A 0 binds to a free port, which takes its place here.
   * A port that is not named is what it is.
   */
  ports?: Map<number, number>;
}

/** The network of the pod, or of the machine, that this process runs on. */
export function createHostNetwork({ ports = new Map() }: HostNetworkOptions = {}): ProbeNetwork {
  const { resolve, lookup } = createResolver();
  const real = (port: number): number => ports.get(port) ?? port;
  const note = (port: number, address: AddressInfo): void => {
    if (ports.has(port)) ports.set(port, address.port);
  };

  return {
    connect: (host, port) => connect({ host, port: real(port), noDelay: true, lookup }),

    async listen(server, port, options) {
      if (options?.loopback === true) await listenAt(server, '127.0.0.1', real(port));
      else await atAllAddresses((host) => listenAt(server, host, real(port)));
      note(port, server.address() as AddressInfo);
    },

    async ask(host, port, payload, timeoutMs) {
      const [address] = await resolve(host);
      if (address === undefined) throw Object.assign(new Error(`The name ${host} has no address.`), { code: 'ENOTFOUND' });
      return askOnce(address, real(port), payload, timeoutMs);
    },

    async answer(port, reply) {
      const socket = await atAllAddresses((host) => bindDatagramSocket(host, real(port)));
      socket.on('message', (payload, from) => socket.send(reply(payload), from.port, from.address));
      note(port, socket.address());
      return { close: () => socket.close() };
    },
  };
}

/** Both families where the machine has IPv6, IPv4 alone where it does not. */
async function atAllAddresses<Result>(listen: (host: string) => Promise<Result>): Promise<Result> {
  try {
    return await listen('::');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EAFNOSUPPORT' && code !== 'EADDRNOTAVAIL') throw error;
    return listen('0.0.0.0');
  }
}

/** A backlog above the default's 511, which a burst of fresh connections overruns. */
const backlog = 4096;

function listenAt(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
