import { createServer, request as startRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RequestHead } from '../dataplane/index.ts';
import type { Flow } from './flows.ts';
import { addHeader, pathAndQueryOf } from './head.ts';
import { refusals } from './refusals.ts';
import { rule } from './ruling.ts';
import type { Fabric } from './ruling.ts';
import { endsOf } from './watch.ts';

/** Serves connections that carry more than one request. */
export interface RequestProxy {
  /** Takes over a connection; each of its requests is decided by itself and goes to the application on a connection of its own. */
  serve(socket: Socket, flow: Flow): void;
}

export function createRequestProxy(fabric: Fabric): RequestProxy {
  const flows = new WeakMap<Socket, Flow>();
  // Clients decide how long a connection lasts; the network ends those that are left over.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, requireHostHeader: false, maxHeaderSize: 64 * 1024 }, (request, response) => {
    const flow = flows.get(request.socket);
    if (flow === undefined) return refuse(response, 'nowhere');
    const ruling = rule(fabric, flow, headOf(request));
    if (ruling.is === 'delivered') forward(request, response, ruling.application.realPort, (status, tookMs) => fabric.saw({ status, tookMs, ...endsOf(flow, ruling) }));
    else refuse(response, ruling.is === 'denied' ? 'denied' : 'nowhere');
  });
  return {
    serve(socket, flow) {
      flows.set(socket, flow);
      server.emit('connection', socket);
      socket.resume();
    },
  };
}

function forward(request: IncomingMessage, response: ServerResponse, port: number, saw: (status: number, tookMs: number) => void): void {
  const since = performance.now();
  const headers = endToEnd(request.rawHeaders);
  const upstream = startRequest({ host: '127.0.0.1', port, agent: false, setHost: false, method: request.method ?? '', path: request.url ?? '', headers });
  upstream.on('response', (answer) => {
    saw(answer.statusCode ?? refusals.broken.status, performance.now() - since);
    response.writeHead(answer.statusCode ?? refusals.broken.status, answer.statusMessage, endToEnd(answer.rawHeaders));
    answer.pipe(response);
  });
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 'broken');
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

function refuse(response: ServerResponse, why: keyof typeof refusals): void {
  const { status, text } = refusals[why];
  response.writeHead(status, { 'Content-Type': 'text/plain', 'Content-Length': text.length }).end(text);
}

function headOf({ method = '', url = '', rawHeaders }: IncomingMessage): RequestHead {
  const headers = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) addHeader(headers, rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  return { method, ...pathAndQueryOf(url), headers };
}

const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect']);

/** The headers that are not about one connection, as they were written. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => !hopByHop.has((rawHeaders[index - (index % 2)] ?? '').toLowerCase()));
}
