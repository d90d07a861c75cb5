import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Receiver extends AsyncDisposable {
  url: string;
  events: Record<string, unknown>[];
  headers: IncomingHttpHeaders[];
  paths: string[];
  /** Answers to the next events; 204 where there is none. `undefined` keeps silent. */
  answers: (number | undefined)[];
  /** What it found wrong with events. */
  problems: string[];
}

/** Takes CloudEvents as the specification's HTTP binding says, structured mode, and notes whatever is wrong with one. */
export async function startReceiver(): Promise<Receiver> {
  const sockets = new Set<Socket>();
  const receiver: Receiver = {
    url: '', events: [], headers: [], paths: [], answers: [], problems: [],
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const status = receiver.answers.length > 0 ? receiver.answers.shift() : 204;
      receiver.problems.push(...problemsOf(request.method, request.headers, text));
      receiver.headers.push(request.headers);
      receiver.paths.push(request.url ?? '');
      if (status === 204) receiver.events.push(JSON.parse(text) as Record<string, unknown>);
      if (status !== undefined) response.writeHead(status, status === 307 ? { location: '/elsewhere' } : {}).end();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  return receiver;
}

function problemsOf(method: string | undefined, headers: IncomingHttpHeaders, text: string): string[] {
  const event = JSON.parse(text) as Record<string, unknown>;
  const required = ['id', 'source', 'type', 'time'].filter((key) => typeof event[key] !== 'string' || event[key] === '').map((key) => `no ${key}`);
  // Names of attributes are lower-case letters and digits.
  const names = Object.keys(event).filter((key) => !/^[a-z\d]+$/.test(key)).map((key) => `the attribute ${key}`);
  return [
    ...(method === 'POST' ? [] : [`method ${method}`]),
    ...(/^application\/cloudevents\+json(;|$)/.test(headers['content-type'] ?? '') ? [] : ['content type']),
    ...(event['specversion'] === '1.0' ? [] : ['specversion']),
    ...(text.length > 64 * 1024 ? [`${text.length} characters long`] : []),
    ...required,
    ...names,
  ];
}
