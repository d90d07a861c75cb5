import { request as startRequest } from 'node:http';
import { createServer } from 'node:http2';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Socket } from 'node:net';
import type { RequestHead } from '../dataplane/index.ts';
import type { Flow } from './flows.ts';
import { addHeader, pathAndQueryOf } from './head.ts';
import { refusals } from './refusals.ts';
import type { RequestProxy } from './request-proxy.ts';
import { rule } from './ruling.ts';
import type { Fabric } from './ruling.ts';
import { endsOf } from './watch.ts';

/** Serves connections that speak HTTP/2 by prior knowledge: each of their requests is decided by itself and goes to the application over HTTP/1.1. */
export function createHttp2Proxy(fabric: Fabric): RequestProxy {
  const flows = new WeakMap<object, Flow>();
  let coming: Flow | undefined;
  const server = createServer((request, response) => {
    const { session } = request.stream;
    const flow = session === undefined ? undefined : flows.get(session);
    if (flow === undefined) return refuse(response, 'nowhere');
    const ruling = rule(fabric, flow, headOf(request));
    if (ruling.is === 'delivered') forward(request, response, ruling.application.realPort, (status, tookMs) => fabric.saw({ status, tookMs, ...endsOf(flow, ruling) }));
    else refuse(response, ruling.is === 'denied' ? 'denied' : 'nowhere');
  });
  // A session begins while its connection is being handed over, so the flow is that one's.
  server.on('session', (session) => {
    if (coming !== undefined) flows.set(session, coming);
    // A peer may break off at any time, which concerns nobody else.
    session.on('error', () => undefined);
  });
  return {
    serve(socket: Socket, flow: Flow) {
      coming = flow;
      server.emit('connection', socket);
      coming = undefined;
    },
  };
}

function forward(request: Http2ServerRequest, response: Http2ServerResponse, port: number, saw: (status: number, tookMs: number) => void): void {
  const since = performance.now();
  const upstream = startRequest({ host: '127.0.0.1', port, agent: false, setHost: false, method: request.method, path: request.url, headers: [...upstreamHeaders(request)].flat() });
  upstream.on('response', (answer) => {
    saw(answer.statusCode ?? refusals.broken.status, performance.now() - since);
    for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined && !ofOneConnection.has(name)) response.setHeader(name, value);
    response.writeHead(answer.statusCode ?? refusals.broken.status);
    answer.pipe(response);
  });
  upstream.on('error', () => {
    if (response.headersSent) response.stream.destroy();
    else refuse(response, 'broken');
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

function refuse(response: Http2ServerResponse, why: keyof typeof refusals): void {
  const { status, text } = refusals[why];
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end(text);
}

function headOf(request: Http2ServerRequest): RequestHead {
  const headers = new Map<string, string>();
  for (const [name, value] of fieldsOf(request)) addHeader(headers, name, value);
  return { method: request.method, ...pathAndQueryOf(request.url), headers, http2: true };
}

function* upstreamHeaders(request: Http2ServerRequest): Generator<[string, string]> {
  yield ['host', request.authority];
  for (const [name, value] of fieldsOf(request)) if (!ofOneConnection.has(name)) yield [name, value];
}

/** What a request says, without what HTTP/2 says of the message itself. */
function fieldsOf({ rawHeaders }: Http2ServerRequest): [string, string][] {
  const fields: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!name.startsWith(':')) fields.push([name, rawHeaders[index + 1] ?? '']);
  }
  return fields;
}

const ofOneConnection = new Set(['connection', 'keep-alive', 'te', 'transfer-encoding', 'upgrade', 'host']);
