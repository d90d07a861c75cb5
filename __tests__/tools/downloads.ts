import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Pins, pins, type ToolName } from '../../src/tools/index.ts';

export const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** A publisher of programs: answers by path, and counts what was asked for. */
export interface Publisher {
  url: string;
  files: Map<string, string | Buffer>;
  asked: string[];
  /** Answers with this status in place of a file. */
  status: number | undefined;
  /** Sends half of each file and then nothing more. */
  stalls: boolean;
  /** The lock file, with every address here. `checksums` are of what is published, for the platforms named. */
  pins(name: ToolName, version: string, checksums?: Record<string, string>): Pins;
  close(): Promise<void>;
}

export async function startPublisher(): Promise<Publisher> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    publisher.asked.push(path);
    const content = publisher.files.get(path);
    if (publisher.status !== undefined || content === undefined) {
      response.writeHead(publisher.status ?? 404).end('no');
    } else if (publisher.stalls) {
      response.writeHead(200, { 'content-length': content.length }).write(content.slice(0, content.length / 2));
    } else {
      response.writeHead(200).end(content);
    }
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const publisher: Publisher = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files: new Map(),
    asked: [],
    status: undefined,
    stalls: false,
    pins(name, version, checksums) {
      const tool = pins.tools[name];
      const here = (url: string): string => url.replace(/^https:\/\/[^/]+/, publisher.url);
      const own = { ...tool, version, accepted: version, url: here(tool.url), checksumUrl: here(tool.checksumUrl), checksums: checksums === undefined ? {} : { [version]: checksums } };
      return { ...pins, tools: { ...pins.tools, [name]: own } };
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return publisher;
}
