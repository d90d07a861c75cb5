import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StandInApplication {
  /** Where it listens on this machine. */
  port: number;
  close(): Promise<void>;
}

/**
 * The Learn Layer5 application as far as a server goes, after its source (layer5io/learn-layer5, service/main.go): `/echo` answers any method with the request in
 * wire form, `/metrics` tells and forgets who called, `/call` takes what is no JSON for a mistake, and there is nothing else. It names nobody and proves nothing.
 */
export async function startLearnLayer5(): Promise<StandInApplication> {
  let received: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, Buffer.concat(chunks).toString('latin1'), response));
  });
  function answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    const { method = '', url = '' } = request;
    const [path = ''] = url.split('?');
    const say = (status: number, type: string, text: string): void => void response.writeHead(status, { 'content-type': type }).end(text);
    const plain = 'text/plain; charset=utf-8';
    // Go's multiplexer sends who is off the canonical path to it.
    const clean = path.replaceAll(/\/{2,}/g, '/');
    if (clean !== path) return void response.writeHead(301, { location: clean }).end();
    if (path === '/echo' || path === '/call') received.push(String(request.headers['servicename'] ?? 'Unidentified'));
    if (path === '/echo') return say(200, plain, wireForm(request, body));
    if (path === '/call') return method !== 'POST' || body === '' ? void response.writeHead(200).end() : say(400, plain, 'Error parsing body\n');
    if (path !== '/metrics') return say(404, plain, '404 page not found\n');
    if (method === 'GET') return say(200, 'application/json', `${JSON.stringify({ ReqReceived: received, RespSucceeded: [], RespFailed: [] })}\n`);
    if (method !== 'DELETE') return say(400, plain, 'Method not defined\n');
    received = [];
    response.writeHead(200).end();
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

/** A request as Go writes it: host and agent first, then the other headers by name, as Go spells them. */
function wireForm({ method = '', url = '', headers }: IncomingMessage, body: string): string {
  const { host = '', 'user-agent': agent = 'Go-http-client/1.1', connection: _, ...rest } = headers;
  const spelt = (name: string): string => name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
  const others = Object.entries(rest).toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([name, value]) => `${spelt(name)}: ${String(value)}\r\n`);
  return `${method} ${url} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: ${agent}\r\n${others.join('')}\r\n${body}`;
}
