import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from '../../src/cluster/port.ts';
import { kubeconfig } from '../cluster/kubernetes/helpers.ts';
import { type FakeHelm, fakeHelm } from '../mesh/install/helm.ts';
import { type ApiServer, type Seen, startApiServer } from '../stand-ins/api-server.ts';
import { installPrograms, type Programs } from '../stand-ins/kind-programs.ts';

export type Where = 'kind' | 'existing';

/** A machine of stand-ins, on which the whole program runs as a process of its own: docker, kind, helm, and an API server behind every cluster. */
export interface Bed {
  where: Where;
  folder: string;
  programs: Programs;
  helm: FakeHelm;
  api: ApiServer;
  /** Starts a run that boots or takes a cluster, installs a mesh and prepares its lanes. Pods never get ready here, so that it stays there until it is stopped. */
  start(): Run;
  /** Runs one command of the command line, or the action's post step, to its end. */
  finish(command: 'cleanup' | 'post' | 'next run'): Promise<number | null>;
  /** What is left of all runs, in words. */
  left(): Promise<string[]>;
  /** Told of each request to the API server before it is answered; `true` where it answered itself. */
  onRequest(hear: ((seen: Seen, response: Parameters<NonNullable<ApiServer['intercept']>>[1], count: number) => boolean) | undefined): void;
  close(): Promise<void>;
}

export interface Run {
  process: ChildProcess;
  ended: Promise<string>;
  output(): string;
}

const token = 'secret-of-the-cluster';
const nodeImage = 'kindest/node:v1.34.4';
const root = join(import.meta.dirname, '../..');

export async function openBed(where: Where): Promise<Bed> {
  const folder = mkdtempSync(join(tmpdir(), 'robust-'));
  const [api, helm] = await Promise.all([startApiServer({ authorization: `Bearer ${token}` }), fakeHelm()]);
  const programs = installPrograms(folder, { api: api.url, images: [nodeImage] });
  const own = join(folder, 'own.kubeconfig');
  writeFileSync(own, kubeconfig(api.url, { token }));
  writeFileSync(join(folder, 'mesh.yaml'), JSON.stringify(definition(helm.chart)));
  furnish(api);
  let hear: Parameters<Bed['onRequest']>[0];
  let count = 0;
  api.intercept = (seen, response) => {
    count += 1;
    if (hear?.(seen, response, count) === true) return true;
    followNamespaces(api, seen);
    return false;
  };
  const environment = { ...programs.environment, PATH: `${helm.directory}:${programs.environment['PATH']}`, SMI_CONFORMANCE_STATE: stateOf(folder), RUNNER_TOOL_CACHE: join(folder, 'tools'), NODE_OPTIONS: '' };
  const target = where === 'kind' ? ['--cluster', 'kind', '--node-image', nodeImage] : ['--cluster', 'existing', '--kubeconfig', own];
  const launch = (script: string, args: string[], more: NodeJS.ProcessEnv = {}): Run => watch(spawn(process.execPath, [join(root, 'src', script), ...args], { cwd: folder, env: { ...environment, ...more }, stdio: ['ignore', 'pipe', 'pipe'] }));
  const run = (): Run => {
    api.seen.length = 0;
    return launch('cli/main.ts', ['run', ...target, '--mesh-definition', join(folder, 'mesh.yaml'), '--only', 'traffic-split/weighted-*', '--output', join(folder, 'results')]);
  };
  return {
    where, folder, programs, helm, api,
    start: run,
    async finish(command) {
      if (command === 'cleanup') return statusOf(launch('cli/main.ts', ['cleanup']));
      if (command === 'post') return statusOf(launch('action/post.ts', [], { RUNNER_TEMP: join(folder, 'work', '_temp'), GITHUB_WORKSPACE: folder }));
      // Another cluster, fresh as every one that is booted.
      if (where === 'kind') await renew(api, helm);
      const next = run();
      await untilWaiting(api, next);
      next.process.kill('SIGINT');
      return statusOf(next);
    },
    left: () => leftIn({ where, folder, api, helm, programs }),
    onRequest(to) {
      hear = to;
      count = 0;
    },
    async close() {
      endAll(folder, helm.directory);
      await Promise.all([api.close(), helm.remove()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Until a run has got to where it only waits for pods, or has ended, or the time is over. */
export async function untilWaiting(api: ApiServer, { process: child }: Run, limitMs = 30_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if (api.seen.some(({ method, path }) => method === 'POST' && path.endsWith('/deployments'))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function watch(child: ChildProcess): Run {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<string>((resolve) => child.once('close', (status, signal) => resolve(signal ?? `status ${status}`)));
  return { process: child, ended, output: () => text };
}

async function statusOf(run: Run): Promise<number | null> {
  await run.ended;
  return run.process.exitCode;
}

function definition(chart: string): object {
  return {
    id: 'sample', name: 'Sample Mesh', aliases: [], provider: 'INVALID_MESH', status: 'supported', detect: { labels: { app: 'sample' }, container: 'controller' },
    enrolment: { namespace: { labels: { sample: 'enabled' } }, pod: {} }, host: '{service}.{namespace}.svc.cluster.local', claims: { 'traffic-split': { versions: ['v1alpha4'], kinds: ['TrafficSplit'] } },
    install: { namespace: 'mesh', versions: [{ version: '1.0.0' }], parts: { mesh: { helm: { release: 'mesh', path: chart } } }, ready: { deployments: ['controller'] } },
  };
}

/** What an API server has that was just booted, as far as it is asked for. */
function furnish({ store: { objects, types } }: ApiServer): void {
  const type = (name: string, kind: string, namespaced = true) => ({ name, kind, namespaced });
  types.get('v1')?.push(type('nodes', 'Node', false), type('serviceaccounts', 'ServiceAccount'), type('services', 'Service'), type('secrets', 'Secret'));
  types.get('apps/v1')?.push(type('replicasets', 'ReplicaSet'), type('daemonsets', 'DaemonSet'));
  types.set('apiextensions.k8s.io/v1', [type('customresourcedefinitions', 'CustomResourceDefinition', false)]);
  types.delete('split.smi-spec.io/v1alpha2');
  putNew({ store: { objects } });
}

function putNew({ store: { objects } }: { store: Pick<ApiServer['store'], 'objects'> }): void {
  const put = (key: string, object: KubeObject): void => void objects.set(key, object);
  put('v1/namespaces/default', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  put('v1/nodes/node', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } });
  put('v1/serviceaccounts/default/default', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } });
  put('apps/v1/deployments/kube-system/coredns', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'coredns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, status: { availableReplicas: 1 } });
}

/** A namespace takes what is in it along; in the mesh's own, what the chart would bring comes up. */
function followNamespaces({ store: { objects } }: ApiServer, { method, path, body }: Seen): void {
  const gone = method === 'DELETE' ? /^\/api\/v1\/namespaces\/([^/]+)$/.exec(path)?.[1] : undefined;
  for (const [key, { metadata }] of objects) if (gone !== undefined && metadata.namespace === gone) objects.delete(key);
  if (method !== 'POST' || path !== '/api/v1/namespaces' || (body as KubeObject).metadata.name !== 'mesh') return;
  const metadata = { name: 'controller', namespace: 'mesh', labels: { app: 'sample' }, generation: 1 };
  objects.set('apps/v1/deployments/mesh/controller', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 1 }, status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1, conditions: [{ type: 'Available', status: 'True' }] } });
  objects.set('v1/pods/mesh/controller', { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'controller', image: 'sample:v1.0.0' }] }, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [{ name: 'controller', image: 'sample:v1.0.0', ready: true }] } });
}

/** What is on a cluster that was booted goes with it. */
async function leftIn({ where, folder, api, helm, programs }: Pick<Bed, 'where' | 'folder' | 'api' | 'helm' | 'programs'>): Promise<string[]> {
  const state = stateOf(folder);
  const entries = existsSync(state) ? (readdirSync(state, { recursive: true }) as string[]).filter((name) => name !== 'runs') : [];
  const namespaces = [...api.store.objects.keys()].filter((key) => /^v1\/namespaces\/(?!default$)/.test(key)).map((key) => `the namespace ${key.split('/')[2]}`);
  const releases = Object.keys(await helm.releases()).map((release) => `the release ${release}`);
  return [...programs.engine.containers().map(({ name }) => `the container ${name}`), ...(where === 'kind' ? [] : [...namespaces, ...releases]), ...entries.map((name) => `the file ${name}`)];
}

/** Where both doors keep the journals: the action in the folder of the runner's work. */
function stateOf(folder: string): string {
  return join(folder, 'work', '_smi-conformance');
}

async function renew(api: ApiServer, helm: FakeHelm): Promise<void> {
  api.store.objects.clear();
  putNew(api);
  for (const place of Object.keys(await helm.releases())) await helm.setRelease(place, { status: 'uninstalled' });
}

/** Stand-ins that still hang. None of them is anybody else's: the folder, made for this bed, is among their arguments. */
function endAll(...folders: string[]): void {
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).map(Number)) {
    if (pid !== process.pid && folders.some((folder) => commandOf(pid).includes(folder))) process.kill(pid, 'SIGKILL');
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has ended since.
    return '';
  }
}
