import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Ports, upgradeToForward } from './api-server-forward.ts';
import { createStore, Failure, type Store } from './api-server-store.ts';
import { certificate, privateKey } from './api-server-tls.ts';

export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** Takes over one request: `true` where it answers by itself, or has cut the connection. */
export type Intercept = (seen: Seen, response: ServerResponse, request: IncomingMessage, store: Store) => boolean;

export interface ApiServer {
  url: string;
  store: Store;
  /** All requests that were let in, in order. */
  seen: Seen[];
  /** TCP connections that were opened, over all. */
  connections(): number;
  /** Called with each request before it is answered. */
  intercept: Intercept | undefined;
  /** What listens in pods: by `namespace/pod:port`. */
  ports: Ports;
  close(): Promise<void>;
}

export interface ApiServerOptions {
  /** What the header `authorization` must be; anybody is let in where absent. */
  authorization?: string;
  /** Speaks TLS, and with `clientCertificate` asks for one. */
  tls?: { clientCertificate: boolean };
  /** Who may not: `verb group/resource`, such as `delete /namespaces`. */
  forbidden?: string[];
}

/** A small API server that takes nothing that a real one would not: wrong paths, types, parameters, bodies and credentials are refused as it refuses them. */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const store = createStore(new Set(options.forbidden));
  const sockets = new Set<Duplex>();
  let connections = 0;
  const tls = { cert: certificate, key: privateKey, ...(options.tls?.clientCertificate && { ca: certificate, requestCert: true, rejectUnauthorized: true }) };
  const server: Server = options.tls ? (createHttpsServer(tls) as unknown as Server) : createHttpServer();
  server.on('connection', (socket: Duplex) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  const api: ApiServer = { url: '', store, seen: [], connections: () => connections, intercept: undefined, ports: new Map(), close };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void handle(request, response).catch((error: unknown) => refuse(response, error));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.add(socket);
    try {
      authenticate(request);
      upgradeToForward(request, socket, head, store, api.ports);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      socket.end(`HTTP/1.1 ${error.status} No\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n${error.body}`);
    }
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    authenticate(request);
    const url = new URL(request.url ?? '', 'http://api');
    const seen: Seen = { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body: await bodyOf(request) };
    api.seen.push(seen);
    if (api.intercept?.(seen, response, request, store)) return;
    if (request.headers.accept !== 'application/json') throw new Failure(406, 'NotAcceptable', 'only application/json is served here');
    const { status, body } = store.answer(seen);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' }).end(text);
  }

  function authenticate({ headers }: IncomingMessage): void {
    if (options.authorization !== undefined && headers.authorization !== options.authorization) throw new Failure(401, 'Unauthorized', 'Unauthorized');
  }

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api.url = `${options.tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return api;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (chunks.length === 0) return undefined;
  if (request.headers['content-type'] !== 'application/json') throw new Failure(415, 'UnsupportedMediaType', 'the body of the request was in an unknown format');
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function refuse(response: ServerResponse, error: unknown): void {
  if (!(error instanceof Failure)) throw error;
  response.writeHead(error.status, { 'content-type': error.plain ? 'text/plain' : 'application/json' }).end(error.body);
}
