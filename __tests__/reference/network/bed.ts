import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { PodNetwork, ReferenceNetwork } from '../../../src/reference/contract.ts';
import { correctDecisions } from '../../../src/reference/dataplane/index.ts';
import type { Decisions } from '../../../src/reference/dataplane/index.ts';
import { createNetwork } from '../../../src/reference/network/index.ts';
import { createTestStore, everything, pod, service } from '../dataplane/test-store.ts';
import type { TestStore } from '../dataplane/test-store.ts';

/** A network with pods that tell who they are, and how often they were reached. */
export interface Bed {
  store: TestStore;
  network: ReferenceNetwork;
  /** Starts a pod of an account of the same name, with HTTP at 8080 and 8081, TCP at 7070 and UDP at 5353. */
  start(name: string, options?: { account?: string; labels?: Record<string, string>; meshed?: boolean }): Promise<TestPod>;
  close(): Promise<void>;
}

export interface TestPod {
  network: PodNetwork;
  /** What reached its applications: `GET /x`, `tcp hello`, `udp hello`. */
  reached: string[];
  /** One HTTP/1.1 request on a connection of its own: status and text of the answer, or the code of the error. */
  get(host: string, path?: string, options?: { method?: string; headers?: Record<string, string>; port?: number }): Promise<string>;
  /** One line over TCP: the line that comes back, or the code of the error. */
  say(host: string, port?: number): Promise<string>;
}

export function createBed(decisions: Decisions = correctDecisions): Bed {
  const http = { name: 'http-8080', port: 8080 };
  const tcp = { name: 'tcp-7070', port: 7070 };
  const store = createTestStore(
    everything,
    ...['srv', 'alice', 'bob', 'outsider'].map((name, index) => service(name, { app: name }, [http, tcp, { name: 'udp-5353', port: 5353, protocol: 'UDP' }], { clusterIP: `10.96.0.${index + 1}` })),
  );
  const network = createNetwork(store, decisions);
  return {
    store,
    network,
    start: (name, options) => startPod(name, options, store, network),
    close: () => network.close(),
  };
}

async function startPod(name: string, { account = name, labels = { app: name }, meshed = true }: { account?: string; labels?: Record<string, string>; meshed?: boolean } = {}, store: TestStore, network: ReferenceNetwork): Promise<TestPod> {
  const own = network.attach({ namespace: 'ns', name, serviceAccount: account, labels, meshed });
  const reached: string[] = [];
  for (const port of [8080, 8081]) {
    await own.listen(createHttpServer((request, response) => {
      reached.push(`${request.method} ${request.url}`);
      request.resume().on('end', () => response.end(`${name}:${port}`));
    }), port);
  }
  await own.listen(createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (line) => {
      reached.push(`tcp ${line.toString().trim()}`);
      socket.end(`${name}\n`);
    });
  }), 7070);
  await own.answer(5353, (payload) => {
    reached.push(`udp ${payload.toString()}`);
    return Buffer.from(name);
  });
  store.put(pod(name, labels));
  return {
    network: own,
    reached,
    get(host, path = '/x', { method = 'GET', headers = {}, port = 8080 } = {}) {
      const lines = Object.entries({ Host: host, Connection: 'close', ...headers }).map((header) => `${header.join(': ')}\r\n`);
      return conversation(own.connect(host, port), `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`).then(summary);
    },
    say: (host, port = 7070) => conversation(own.connect(host, port), 'hello\n').then((text) => text.trim()),
  };
}

/** Everything that comes back until the connection ends; the code of the error where it fails. */
export function conversation(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('close', () => resolve(answer === '' ? 'closed' : answer));
    socket.write(text);
  });
}

function summary(answer: string): string {
  const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1];
  if (status === undefined) return answer;
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  return `${status} ${/transfer-encoding: chunked/i.test(answer) ? (body.split('\r\n')[1] ?? '') : body.trim()}`;
}
