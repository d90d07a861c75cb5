import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { Failure, type Store } from './api-server-store.ts';

/** What listens in pods: real ports of this machine by `namespace/pod:port`. */
export type Ports = Map<string, number>;

const protocol = 'v4.channel.k8s.io';
const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => offered.has(protocol) && protocol });

/** Port-forward over WebSocket as a kubelet does it: channel 0 is data, channel 1 errors, each begun by two bytes that repeat the port, low byte first. Throws `Failure`. */
export function upgradeToForward(request: IncomingMessage, socket: Duplex, head: Buffer, store: Store, ports: Ports): void {
  const url = new URL(request.url ?? '', 'http://api');
  const [, namespace = '', name = ''] = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/portforward$/.exec(url.pathname) ?? [];
  if (name === '') throw new Failure(404, '', '404 page not found\n');
  if (!store.objects.has(`v1/pods/${namespace}/${name}`)) throw new Failure(404, 'NotFound', `pods "${name}" not found`, { name, kind: 'pods' });
  const port = Number(url.searchParams.get('ports'));
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Failure(400, 'BadRequest', 'query parameter "port" is required');
  if (request.headers['sec-websocket-protocol'] !== protocol) throw new Failure(403, 'Forbidden', 'unable to upgrade: the subprotocol is not known');
  sockets.handleUpgrade(request, socket, head, (opened) => relay(opened, port, ports.get(`${namespace}/${name}:${port}`)));
}

function relay(socket: WebSocket, port: number, real: number | undefined): void {
  const send = (channel: number, payload: Buffer): void => socket.send(Buffer.concat([Buffer.of(channel), payload]), { binary: true }, () => undefined);
  const begin = Buffer.of(port & 0xff, port >> 8);
  send(0, begin);
  send(1, begin);
  if (real === undefined) {
    send(1, Buffer.from(`error forwarding port ${port} to pod: connect: connection refused`));
    return socket.close(1000);
  }
  const target = connect(real, '127.0.0.1');
  target.on('data', (chunk: Buffer) => {
    send(0, chunk);
  });
  target.on('close', () => socket.close(1000));
  target.on('error', () => socket.close(1000));
  socket.on('message', (data: RawData) => {
    const message = data as Buffer;
    if (message[0] === 0) target.write(message.subarray(1));
    else socket.terminate();
  });
  socket.on('close', () => target.destroy());
}
