import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';

/** A way to the API server that can be shut. */
export interface Door extends AsyncDisposable {
  /** A kubeconfig that goes through it. */
  kubeconfig: string;
  /** Breaks every connection and refuses new ones. */
  shut(): Promise<void>;
  /** Lets connections through again, at the same address. */
  open(): Promise<void>;
}

/** Puts a TCP door before the API server that `KUBECONFIG` names, and writes a kubeconfig for it into a folder. */
export async function openDoor(directory: string): Promise<Door> {
  const config = load(await readFile(process.env['KUBECONFIG'] ?? join(homedir(), '.kube/config'), 'utf8')) as { clusters: { cluster: { server: string } }[] };
  const [first] = config.clusters;
  if (first === undefined) throw new Error('the kubeconfig names no cluster');
  const server = new URL(first.cluster.server);
  const sockets = new Set<Socket>();
  const door = createServer((inner) => {
    const outer = connect({ host: server.hostname, port: Number(server.port || 443) });
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      // One end that breaks takes the other along; that it broke is what this is for.
      socket.on('error', () => undefined).on('close', () => {
        sockets.delete(socket);
        inner.destroy();
        outer.destroy();
      });
    }
    inner.pipe(outer).pipe(inner);
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => door.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = door.address() as AddressInfo;
  first.cluster.server = `${server.protocol}//127.0.0.1:${port}`;
  const kubeconfig = join(directory, 'through-the-door.yaml');
  await writeFile(kubeconfig, dump(config));
  const shut = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => door.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { kubeconfig, shut, open: () => listen(port), [Symbol.asyncDispose]: shut };
}
