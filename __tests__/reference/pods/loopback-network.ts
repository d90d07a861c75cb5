import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import type { PodFacts, PodNetwork, ReferenceNetwork } from '../../../src/reference/contract.ts';

/** A network without a mesh: every pod's listener is a free port of the machine, found by the pod's address. It keeps what it was told. */
export interface LoopbackNetwork extends ReferenceNetwork {
  attached: PodFacts[];
  /** Addresses of pods that have not been closed. */
  open(): string[];
}

export function createLoopbackNetwork(): LoopbackNetwork {
  const attached: PodFacts[] = [];
  const ports = new Map<string, number>();
  const open = new Set<string>();
  return {
    attached,
    open: () => [...open],
    attach(pod) {
      attached.push(pod);
      const ip = `10.244.0.${attached.length}`;
      open.add(ip);
      return podNetwork(ip, ports, () => open.delete(ip));
    },
    close: () => (open.size === 0 ? Promise.resolve() : Promise.reject(new Error(`still attached: ${[...open].join(', ')}`))),
  };
}

function podNetwork(ip: string, ports: Map<string, number>, closed: () => void): PodNetwork {
  const real = (host: string, port: number): number => ports.get(`${host}:${port}`) ?? 1;
  const listening = new Set<Server>();
  return {
    ip,
    connect: (host, port) => connect({ host: '127.0.0.1', port: real(host === '127.0.0.1' ? ip : host, port) }),
    async listen(server, port) {
      if (ports.has(`${ip}:${port}`)) throw new Error(`port ${port} is taken`);
      server.listen({ host: '127.0.0.1', port: 0 });
      await once(server, 'listening');
      listening.add(server);
      ports.set(`${ip}:${port}`, (server.address() as AddressInfo).port);
      server.once('close', () => {
        listening.delete(server);
        ports.delete(`${ip}:${port}`);
      });
    },
    ask: () => Promise.reject(new Error('this network carries no datagrams')),
    async answer(port, reply) {
      const socket = createSocket('udp4');
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
      socket.on('message', (payload, from) => socket.send(reply(payload), from.port, from.address));
      ports.set(`${ip}:${port}/udp`, socket.address().port);
      return { close: () => socket.close() };
    },
    loopbackPort: (port) => ports.get(`${ip}:${port}`),
    close: () => {
      if (listening.size > 0) return Promise.reject(new Error(`${ip} still listens`));
      closed();
      return Promise.resolve();
    },
  };
}
