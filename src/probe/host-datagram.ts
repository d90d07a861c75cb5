import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { isIPv6 } from 'node:net';

/** Sends a datagram from a socket of its own and resolves with the answer; rejects with an errno, or `ETIMEDOUT` after the time-out. */
export function askOnce({ address, family }: LookupAddress, port: number, payload: Buffer, timeoutMs: number): Promise<Buffer> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  return new Promise<Buffer>((resolve, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error(`No answer within ${timeoutMs} ms.`), { code: 'ETIMEDOUT' })), timeoutMs);
    socket.on('error', reject);
    socket.on('close', () => clearTimeout(timer));
    socket.on('message', resolve);
    // Connected, so that the kernel passes on a refusal (ICMP) and nobody else's datagrams.
    socket.connect(port, address, () => socket.send(payload, (error) => {
      if (error !== null) reject(error);
    }));
  }).finally(() => socket.close());
}

/** Binds a socket for answering, on all addresses of its family; `::` serves IPv4 too. */
export function bindDatagramSocket(host: string, port: number): Promise<Socket> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once('error', refuse);
    socket.bind(port, host, () => {
      socket.off('error', refuse);
      // An error of a single answer, such as a host that is not there any more, concerns only who asked.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
