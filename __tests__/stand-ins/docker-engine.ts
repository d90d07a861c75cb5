import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the stand-ins of docker, kind and minikube share, in a folder: each is a process of its own. */
export interface Engine {
  folder: string;
  /** Names of containers, with the cluster that each belongs to. */
  containers(): { name: string; cluster: string }[];
  addContainer(name: string, cluster: string): void;
  removeContainers(cluster: string): void;
  hasImage(image: string): boolean;
  /** What goes wrong with this command; counted down. */
  fault(command: string): Fault | undefined;
  note(call: Call): void;
}

/** Each as the real programs word it. */
export type Fault = 'docker-stopped' | 'docker-forbidden' | 'port-taken' | 'disk-full' | 'no-log-line' | 'kubeadm' | 'hangs' | 'hangs-late' | 'being-removed' | 'fails' | 'rate-limit';

export interface Call {
  program: string;
  args: string[];
  env: Record<string, string | undefined>;
}

export function openEngine(folder: string): Engine {
  const containers = join(folder, 'containers');
  mkdirSync(containers, { recursive: true });
  return {
    folder,
    containers: () => readdirSync(containers).map((name) => ({ name, cluster: readFileSync(join(containers, name), 'utf8') })),
    addContainer: (name, cluster) => writeFileSync(join(containers, name), cluster),
    removeContainers(cluster) {
      for (const one of this.containers()) if (one.cluster === cluster) rmSync(join(containers, one.name), { force: true });
    },
    hasImage: (image) => existsSync(join(folder, 'images')) && readFileSync(join(folder, 'images'), 'utf8').split('\n').includes(image),
    fault(command) {
      const path = join(folder, `fault-${command.replaceAll(' ', '-')}`);
      if (!existsSync(path)) return undefined;
      const [fault, times] = readFileSync(path, 'utf8').split(' ');
      if (times === '1') rmSync(path);
      else if (times !== undefined) writeFileSync(path, `${fault} ${Number(times) - 1}`);
      return fault as Fault;
    },
    note: (call) => appendFileSync(join(folder, 'calls'), `${JSON.stringify(call)}\n`),
  };
}

/** Every cluster command needs the engine: what docker prints where it cannot be had, or undefined. */
export function engineTrouble(fault: Fault | undefined): string | undefined {
  if (fault === 'docker-stopped') return 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';
  if (fault === 'docker-forbidden') {
    return 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.47/version": dial unix /var/run/docker.sock: connect: permission denied';
  }
  return undefined;
}

/** Ends a stand-in, after what the real program prints. */
export function end(status: number, stderr = '', stdout = ''): never {
  process.stdout.write(stdout);
  process.stderr.write(stderr === '' ? '' : `${stderr}\n`);
  process.exit(status);
}

/** Does nothing until it is killed. */
export async function hang(): Promise<never> {
  const timer = setInterval(() => undefined, 1_000);
  try {
    return await new Promise<never>(() => undefined);
  } finally {
    clearInterval(timer);
  }
}

/** The kubeconfig of a new cluster: the API server is the test's. */
export function writeKubeconfig(engine: Engine, path: string, name: string): void {
  const server = readFileSync(join(engine.folder, 'api'), 'utf8');
  const config = { apiVersion: 'v1', kind: 'Config', 'current-context': name, clusters: [{ name, cluster: { server } }], users: [{ name, user: { token: 'secret-of-the-cluster' } }], contexts: [{ name, context: { cluster: name, user: name } }] };
  writeFileSync(path, JSON.stringify(config), { mode: 0o644 });
}
