import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { problemsOf } from './provider-body.ts';

export interface Seen {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What a request gets in place of the contract's answer. `lose`: it is answered, and acted upon, but the answer never arrives. */
export type Whim =
  | { status: number; body?: string; headers?: Record<string, string> }
  | { hangUp: true }
  | { lose: true }
  /** The head, and then nothing more. */
  | { stall: true };

export interface ProviderOptions {
  /** Bearer values that are let in. */
  tokens?: string[];
  /** The token that a renewal of each gives; a token can be renewed once. */
  renewals?: Record<string, string>;
  naming?: 'snake_case' | 'camelCase';
  /** Spelling and place of the capabilities. */
  shape?: 'old' | 'new';
  versioned?: boolean;
  feature?: string;
  endpoint?: string;
  /** Whether single results can be asked for, as older providers could not. */
  tells?: boolean;
  /** Milliseconds by which its clock is ahead. */
  aheadMs?: number;
}

export interface Provider {
  url: string;
  /** All requests, in order, also those that were refused. */
  seen: Seen[];
  /** `POST /smi/results` and the like, in order. */
  lines(): string[];
  /** Results that it holds, by id. */
  results: Map<string, Record<string, unknown>>;
  /** Whims for the next requests of one kind (`POST /smi/results`, `GET /smi/results/*`), first in, first out. */
  next(line: string, ...whims: Whim[]): void;
  /** Answers every request of that kind so from now on. */
  always(line: string, whim: Whim | undefined): void;
  close(): Promise<void>;
}

/** A remote provider that takes nothing that the contract does not say: wrong headers, order, bodies and tokens are refused with the reason. */
export async function startProvider(options: ProviderOptions = {}): Promise<Provider> {
  const { tokens = [], renewals = {}, naming = 'snake_case', shape = 'new', versioned = false, feature = 'persist-smi-results', endpoint = '/smi/results', tells = true, aheadMs = 0 } = options;
  const valid = new Set(tokens);
  const whims = new Map<string, Whim[]>();
  const habits = new Map<string, Whim>();
  const sockets = new Set<Socket>();
  let described = false;
  const server = createServer((request, response) => void handle(request, response));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const provider: Provider = {
    url: '', seen: [], results: new Map(),
    lines: () => provider.seen.map(({ method, path }) => `${method} ${path}`),
    next: (line, ...list) => whims.set(line, [...(whims.get(line) ?? []), ...list]),
    always: (line, whim) => void (whim === undefined ? habits.delete(line) : habits.set(line, whim)),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = request;
    const seen: Seen = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    provider.seen.push(seen);
    const line = `${method} ${path.startsWith(`${endpoint}/`) ? `${endpoint}/*` : path}`;
    const whim = whims.get(line)?.shift() ?? habits.get(line) ?? habits.get('*');
    if (whim !== undefined && 'hangUp' in whim) return void request.socket.destroy();
    response.setHeader('date', new Date(Date.now() + aheadMs).toUTCString());
    if (whim !== undefined && 'stall' in whim) return void response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{');
    if (whim !== undefined && 'status' in whim) return void response.writeHead(whim.status, { 'content-type': 'application/json', ...whim.headers }).end(whim.body ?? '');
    const { status, body } = answer(seen);
    if (whim !== undefined && 'lose' in whim) return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  function answer(seen: Seen): { status: number; body: unknown } {
    if (seen.headers.accept !== 'application/json') return no(406, 'accept must be application/json');
    if (seen.method === 'POST' && seen.path === '/refresh') return renew(seen);
    const place = versioned ? /^\/v\d+\.\d+\.\d+\/capabilities\?os=\w+&playground=\w+$/ : /^\/capabilities$/;
    // Anybody may ask, but who shows a token must show a good one.
    const anonymous = seen.headers.authorization === undefined && seen.headers['x-api-key'] === undefined;
    if (!anonymous || !place.test(seen.path)) {
      const refusal = refusalOf(seen);
      if (refusal !== undefined) return refusal;
    }
    if (seen.method === 'GET' && place.test(seen.path)) {
      described = true;
      return { status: 200, body: capabilities() };
    }
    if (!seen.path.startsWith(endpoint)) return no(404, `there is no ${seen.path}`);
    if (!described) return no(428, 'the endpoint is to be taken from the capabilities');
    if (seen.method === 'POST' && seen.path === endpoint) return take(seen);
    const found = tells ? provider.results.get(seen.path.slice(endpoint.length + 1)) : undefined;
    if (seen.method !== 'GET') return no(405, `no ${seen.method} here`);
    return found === undefined ? no(404, 'no such result') : { status: 200, body: found };
  }

  function refusalOf({ headers }: Seen): { status: number; body: unknown } | undefined {
    const token = /^bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) return no(400, 'authorization must be "bearer" and the token');
    if (headers['x-api-key'] !== token) return no(400, 'X-API-Key must be the token as well');
    if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(String(headers['systemid']))) return no(400, 'SystemID must be a UUID');
    return valid.has(token) ? undefined : no(401, `the token ${token} is not valid`);
  }

  function take({ headers, body }: Seen): { status: number; body: unknown } {
    if (headers['content-type'] !== 'application/json') return no(415, 'the body must be application/json');
    const result = JSON.parse(body) as Record<string, unknown>;
    const problems = problemsOf(result, naming);
    if (problems.length > 0) return no(400, problems.join('; '));
    const id = String(result['id']);
    if (provider.results.has(id)) return no(409, 'it is there already');
    provider.results.set(id, result);
    return { status: 201, body: { id } };
  }

  function renew({ headers, body }: Seen): { status: number; body: unknown } {
    if (headers['content-type'] !== 'application/json; charset=utf-8') return no(415, 'the body must be application/json; charset=utf-8');
    if (headers.authorization !== undefined || headers['x-api-key'] !== undefined) return no(400, 'a renewal bears no token in its headers');
    const { token, ...more } = JSON.parse(body) as { token: string };
    const next = renewals[token];
    if (Object.keys(more).length > 0 || next === undefined) return no(401, `the token ${token} cannot be renewed`);
    delete renewals[token];
    valid.add(next);
    return { status: 200, body: { token: next } };
  }

  function capabilities(): unknown {
    const list = [{ feature: 'sync-prefs', endpoint: '/user/preferences' }, { feature: 'persist-results', endpoint: '/results' }, { feature, endpoint }];
    return shape === 'new'
      ? { providerType: 'remote', providerName: 'Stand-in', providerDescription: ['A stand-in'], extensions: {}, capabilities: list }
      : { provider_type: 'remote', package_version: 'v0.1.0', provider_name: 'Stand-in', provider_description: ['A stand-in'], extensions: {}, capabilities: list };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  provider.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return provider;
}

function no(status: number, message: string): { status: number; body: unknown } {
  return { status, body: { message } };
}
