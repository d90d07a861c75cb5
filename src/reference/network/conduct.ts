import type { Socket } from 'node:net';
import type { Flow } from './flows.ts';
import { readOpening } from './head.ts';
import type { Opening } from './head.ts';
import { refusals } from './refusals.ts';
import type { RequestProxy } from './request-proxy.ts';
import { rule } from './ruling.ts';
import type { Fabric, Ruling } from './ruling.ts';
import { endsOf, watchAnswer } from './watch.ts';

/**
 * Returns what a side proxy does with a connection. Of one that carries HTTP it reads the first request before it decides. Once nothing
 * is left to decide, the connection itself goes to the application, with what was read put back; while there are requests to come, each is decided alone.
 */
export function createConductor(fabric: Fabric, requests: RequestProxy, http2: RequestProxy): (socket: Socket, flow: Flow) => void {
  return (socket, flow) => {
    if (flow.http) whenOpened(socket, (opening) => byOpening(socket, flow, opening));
    else byConnection(socket, flow, true);
  };

  function byOpening(socket: Socket, flow: Flow, opening: Exclude<Opening, { is: 'incomplete' }>): void {
    if (opening.is === 'http') byRequest(socket, flow, opening);
    else if (opening.is === 'http2') http2.serve(socket, flow);
    else byConnection(socket, flow, false);
  }

  function byRequest(socket: Socket, flow: Flow, { head, last }: Extract<Opening, { is: 'http' }>): void {
    if (!last) return requests.serve(socket, flow);
    const ruling = rule(fabric, flow, head);
    if (ruling.is === 'delivered') {
      watchAnswer(socket, (status, tookMs) => fabric.saw({ status, tookMs, ...endsOf(flow, ruling) }));
      return handOver(socket, ruling);
    }
    socket.end(ruling.is === 'denied' ? refusals.denied.message : refusals.nowhere.message);
    socket.resume();
  }

  function byConnection(socket: Socket, flow: Flow, unread: boolean): void {
    const ruling = rule(fabric, flow);
    if (ruling.is === 'delivered') handOver(socket, ruling);
    else if (ruling.is === 'by request' && unread) whenOpened(socket, (opening) => (opening.is === 'other' ? socket.resetAndDestroy() : byOpening(socket, ruling.flow, opening)));
    else socket.resetAndDestroy();
  }
}

/** Waits until it is clear what a connection begins with, and puts back what was read; the connection is paused then. */
function whenOpened(socket: Socket, then: (opening: Exclude<Opening, { is: 'incomplete' }>) => void): void {
  let seen: Buffer | undefined;
  const take = (chunk: Buffer): void => {
    seen = seen === undefined ? chunk : Buffer.concat([seen, chunk]);
    const opening = readOpening(seen);
    if (opening.is === 'incomplete') return;
    socket.off('data', take);
    socket.pause();
    socket.unshift(seen);
    then(opening);
  };
  socket.on('data', take);
}

/** Gives an open connection to an application as if it had accepted it. */
function handOver(socket: Socket, { application }: Extract<Ruling, { is: 'delivered' }>): void {
  application.server.emit('connection', socket);
  if (socket.isPaused()) socket.resume();
}
