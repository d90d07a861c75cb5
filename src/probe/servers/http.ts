import { createServer as createHttp1Server } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { answerText, identityHeaders } from '../identity.ts';
import type { Served } from '../identity.ts';
import { answerHeader, delayHeader, nonceHeader, parseNonce } from '../nonce.ts';
import type { Records } from '../records.ts';

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

/** An application that speaks HTTP/1.1 and, by prior knowledge, HTTP/2 on one port, and answers 200 to any method and path. */
export function createHttpApplication(served: Served, records: Records): Server {
  const identity = Object.entries(identityHeaders).map(([part, header]) => [header, String(served[part as keyof Served])] as const);
  // A proxy keeps its connections to the application: an idle time-out here would race with its next request and look like a fault of the mesh.
  const patience = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 };
  const http1 = createHttp1Server({ ...patience, requireHostHeader: false, maxHeaderSize: 64 * 1024 }, respond);
  http1.on('connect', (request, socket) => socket.end(`HTTP/1.1 200 OK\r\n${answerTo(request).headers.map((header) => `${header.join(': ')}\r\n`).join('')}\r\n`));
  const http2 = createHttp2Server(respond);
  return createServer({ noDelay: true }, (socket) => whenKnown(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit('connection', socket)));

  function respond(request: Request, response: Response): void {
    const wish = wishOf(request);
    if (wish.delayMs === 0) return answer(request, response, wish.status);
    const timer = setTimeout(() => answer(request, response, wish.status), wish.delayMs);
    response.on('close', () => clearTimeout(timer));
  }

  function answer(request: Request, response: Response, status: number): void {
    const { headers, body } = answerTo(request);
    response.statusCode = status;
    for (const [name, value] of headers) response.setHeader(name, value);
    const call = request.headers['content-type']?.startsWith('application/grpc') === true;
    if (call) {
      // A call of gRPC that is over with its headers: all that a client needs to see it succeed.
      response.setHeader('content-type', 'application/grpc');
      response.setHeader('grpc-status', '0');
      response.end();
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.setHeader('content-length', Buffer.byteLength(body));
    response.end(body);
  }

  function answerTo(request: Request): { headers: (readonly [string, string])[]; body: string } {
    const sent = request.headers[nonceHeader];
    // Only a well-formed nonce is echoed: anything else could hold what no header may.
    const nonce = typeof sent === 'string' && parseNonce(sent) !== undefined ? sent : undefined;
    if (nonce !== undefined) records.add({ nonce, port: served.port, method: request.method ?? '', path: request.url ?? '' });
    return { headers: nonce === undefined ? identity : [...identity, [nonceHeader, nonce]], body: `${answerText(served, nonce)}\n` };
  }
}

/** The longest that a request may have the application take, in milliseconds. */
const longestDelayMs = 10_000;

/** How a request of a probe wants to be answered; all others get what is usual. */
function wishOf({ headers }: Request): { status: number; delayMs: number } {
  const nonce = headers[nonceHeader];
  if (typeof nonce !== 'string' || parseNonce(nonce) === undefined) return { status: 200, delayMs: 0 };
  const delay = Number(headers[delayHeader] ?? 0);
  return { status: headers[answerHeader] === '500' ? 500 : 200, delayMs: delay > 0 ? Math.min(delay, longestDelayMs) : 0 };
}

/** What every HTTP/2 connection begins with, as far as it takes to tell it from HTTP/1.1. */
const preface = Buffer.from('PRI * HTTP/2.0\r\n', 'latin1');

/** Reads as much of a connection as shows which HTTP it is, puts it back, and hands the connection on. */
function whenKnown(socket: Socket, handOn: (isHttp2: boolean) => void): void {
  let seen: Buffer | undefined;
  const look = (chunk: Buffer): void => {
    seen = seen === undefined ? chunk : Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, preface.length);
    const matches = seen.compare(preface, 0, length, 0, length) === 0;
    if (matches && length < preface.length) return;
    socket.off('data', look);
    socket.pause();
    socket.unshift(seen);
    handOn(matches);
    // HTTP/2 takes over the connection's handle and has read what was put back; HTTP/1.1 reads it from the stream.
    if (!matches) socket.resume();
  };
  socket.on('data', look);
}
