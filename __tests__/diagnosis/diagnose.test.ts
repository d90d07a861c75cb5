import { mkdtemp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiError, type Cluster, type KubeObject, type PodRef } from '../../src/cluster/port.ts';
import { openEmbedded } from '../../src/cluster/embedded/index.ts';
import { diagnose, type Diagnosing, trimFolder } from '../../src/diagnosis/index.ts';
import { cluster as fixed } from '../mesh/samples.ts';

const token = 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJzeXN0ZW0ifQ.c2lnbmF0dXJl';
const detect = { labels: { app: 'mesh' } };
let folder: string;
let directory: string;
let notes: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diagnosis-'));
  directory = join(folder, 'cluster');
  notes = [];
});
afterEach(() => rm(folder, { recursive: true }));

interface Sample {
  labels?: Record<string, string>;
  ready?: boolean;
  restarts?: number;
  waiting?: string;
  containers?: object[];
}

function pod(namespace: string, name: string, { labels = {}, ready = false, restarts = 0, waiting, containers = [] }: Sample = {}): KubeObject {
  return {
    apiVersion: 'v1', kind: 'Pod',
    metadata: { name, namespace, labels, annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"env":"${token}"}` } },
    spec: { nodeName: 'node-1', containers: [{ name: 'main', image: 'main:v1', args: ['--password', 'opensesame'], command: ['run', '--api-key=opensesame'], env: [{ name: 'PASSWORD', value: 'opensesame' }] }, ...containers] },
    status: { phase: ready ? 'Running' : 'Pending', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', message: 'containers with unready status: [main]' }], containerStatuses: [{ name: 'main', restartCount: restarts, state: waiting === undefined ? { running: {} } : { waiting: { reason: waiting } } }] },
  };
}

function event(namespace: string, at: string, message: string, kind = 'Pod'): KubeObject {
  return { apiVersion: 'v1', kind: 'Event', metadata: { name: `e-${at}`, namespace }, type: 'Warning', reason: 'Failed', message, count: 3, lastTimestamp: at, involvedObject: { kind, name: 'x' } };
}

/** What was asked of Secrets would be an error here: `asked` has all kinds. */
function clusterOf(objects: KubeObject[], logs: (pod: PodRef, container: string, previous: boolean) => string | Promise<string> = (one, container) => `${one.name} ${container}\n`): Cluster & { asked: { kind: string }[] } {
  return { ...fixed(objects), logs: async (one, container, _tail, { previous = false } = {}) => logs(one, container, previous) };
}

const look = (cluster: Cluster, more: Partial<Diagnosing> = {}): Promise<string[]> => diagnose({ cluster, runId: 'abc123', definition: { detect }, directory, note: (line) => notes.push(line), ...more });
const read = (name: string): Promise<string> => readFile(join(directory, name), 'utf8');
const own = { 'smi-conformance/run': 'abc123' };
const mesh = { labels: detect.labels };

describe('what is kept of a cluster on which a run failed', () => {
  test("is the logs of the mesh's namespaces, events, and pods of the mesh and of the run that are not ready", async () => {
    const cluster = clusterOf([
      pod('mesh-system', 'controller', { ...mesh, ready: true }), pod('mesh-system', 'database', { ready: true }), pod('mesh-system', 'injector', { ...mesh, restarts: 2 }), pod('mesh-system', 'loops', { restarts: 1, waiting: 'CrashLoopBackOff' }), pod('mesh-system', 'pulls', { waiting: 'ImagePullBackOff' }),
      pod('smi-abc123-access-1', 'srv', { labels: own }), pod('smi-abc123-access-1', 'cli', { labels: own, ready: true }), pod('elsewhere', 'foreign'),
      event('mesh-system', '2026-01-01T00:00:02Z', 'later'), event('mesh-system', '2026-01-01T00:00:01Z', 'earlier'), event('elsewhere', '2026-01-01T00:00:00Z', 'foreign'), event('default', '2026-01-01T00:00:00Z', 'has no room', 'Node'),
    ], ({ name }, container, previous) => `${name} ${container}${previous ? ' before' : ''}\n`);
    const files = await look(cluster);
    expect(files.map((file) => relative(directory, file)).toSorted()).toEqual([
      'mesh-system/controller.main.log', 'mesh-system/database.main.log', 'mesh-system/events.txt', 'mesh-system/injector.main.log', 'mesh-system/injector.main.previous.log', 'mesh-system/injector.yaml',
      'mesh-system/loops.main.previous.log', 'mesh-system/loops.yaml', 'mesh-system/pulls.yaml',
      'nodes/events.txt', 'smi-abc123-access-1/srv.main.log', 'smi-abc123-access-1/srv.yaml',
    ]);
    expect(await read('mesh-system/events.txt')).toBe('2026-01-01T00:00:01Z\tWarning\tFailed\tPod/x\tearlier (3 times)\n2026-01-01T00:00:02Z\tWarning\tFailed\tPod/x\tlater (3 times)\n');
    expect(await read('mesh-system/injector.main.previous.log')).toBe('injector main before\n');
    expect(await read('smi-abc123-access-1/srv.yaml')).toMatch(/containers with unready status: \[main\]/);
    expect(notes).toEqual([]);
    expect([...new Set(cluster.asked.map(({ kind }) => kind))].toSorted()).toEqual(['Event', 'Namespace', 'Pod']);
  });

  test('has the namespace of a mesh that never got a pod, and not all of one that it shares', async () => {
    const install = { namespace: 'mesh-system', versions: [], parts: {}, ready: {} };
    await look(clusterOf([pod('mesh-system', 'hook'), pod('kube-system', 'agent', { ...mesh, ready: true }), pod('kube-system', 'dns')]), { definition: { detect, install } });
    expect((await readdir(directory, { recursive: true })).filter((name) => name.includes('.')).toSorted()).toEqual(['kube-system/agent.main.log', 'mesh-system/hook.main.log', 'mesh-system/hook.yaml']);
  });

  test('has no secrets: no values of variables and annotations, no arguments, and nothing that looks like one', async () => {
    const said = [`authorization: Bearer ${token}`, 'dial https://user:opensesame@db', '{"client_secret":"opensesame"}', 'API_TOKEN=opensesame', '-----BEGIN EC PRIVATE KEY-----\nopensesame\n-----END EC PRIVATE KEY-----', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'ready'].join('\n');
    await look(clusterOf([pod('mesh-system', 'controller', { ...mesh, containers: [{ name: 'side', readinessProbe: { httpGet: { path: '/', httpHeaders: [{ name: 'x', value: 'opensesame' }] }, periodSeconds: 3 }, livenessProbe: { exec: { command: ['opensesame'] } } }] }), event('mesh-system', '2026-01-01T00:00:01Z', 'could not log in with password: opensesame')], () => `${said}\n`));
    const all = (await Promise.all(['controller.yaml', 'controller.main.log', 'events.txt'].map((name) => read(`mesh-system/${name}`)))).join('\n');
    expect(all).not.toMatch(/opensesame|eyJ|ghp_/);
    expect(all).toContain('PASSWORD');
    expect(all).toContain('periodSeconds: 3');
    expect(all).toContain('\nready\n');
  });

  test('is small: the ends of long logs, and no more files than there is room for', async () => {
    const cluster = clusterOf([pod('mesh-system', 'a', mesh), pod('mesh-system', 'b', mesh), pod('mesh-system', 'c', mesh)], ({ name }) => Array.from({ length: 500 }, (_, line) => `${name} line ${line}\n`).join(''));
    const files = await look(cluster, { limits: { file: 1_000, all: 4_000 } });
    const log = await read('mesh-system/a.main.log');
    expect(log.length).toBeLessThanOrEqual(1_000);
    expect([log.slice(0, 7), log.slice(-13)]).toEqual(['a line ', 'a line 499\n'.padStart(13, '\n')].map((text) => expect.stringContaining(text.trim())));
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(4_000);
    expect(notes).toEqual([expect.stringMatching(/^\d files more were left out/)]);
  });

  test("takes the place of an earlier run's", async () => {
    await mkdir(join(directory, 'old'), { recursive: true });
    await writeFile(join(directory, 'old', 'left.log'), 'left');
    await look(clusterOf([pod('mesh-system', 'controller', mesh)]));
    expect(await readdir(directory)).toEqual(['mesh-system']);
  });

  test('is what there is, where something cannot be had, and that is noted', async () => {
    const forbidden = { ...fixed([pod('mesh-system', 'controller', mesh)], { forbidden: ['Event'] }), logs: () => Promise.reject(new ApiError(403, 'Forbidden', 'cannot get resource "pods/log"')) };
    expect((await look(forbidden)).map((file) => relative(directory, file))).toEqual(['mesh-system/controller.yaml']);
    expect(notes).toEqual(['events could not be had: cannot list resource Event', 'the log of main in mesh-system/controller could not be had: cannot get resource "pods/log"']);
  });

  test('is nothing where the cluster is gone or the folder cannot be written, and that is no error', async () => {
    expect(await look(fixed([], { lost: true }))).toEqual([]);
    await writeFile(join(folder, 'file'), '');
    expect(await look(clusterOf([pod('mesh-system', 'controller', mesh)]), { directory: join(folder, 'file', 'below') })).toEqual([]);
    expect(notes.join('\n')).toMatch(/the connection broke[^]*(?:nothing can be written to|could not be had: ENOTDIR)/);
  });

  test('does not wait for a cluster that hangs', async () => {
    const cluster = clusterOf([pod('mesh-system', 'controller', mesh)], () => new Promise(() => undefined));
    await look(cluster, { limitMs: 100 });
    expect(notes).toEqual(['the log of main in mesh-system/controller could not be had: the time for it is over', 'not everything of the cluster could be had within 0.1 s']);
  });

  test('has the event of a pod that could not be made at all', async () => {
    const cluster = await openEmbedded({});
    try {
      await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'smi-abc123-x', labels: own } });
      const template = { metadata: { labels: { ...own, app: 'srv' } }, spec: { serviceAccountName: 'nobody', containers: [{ name: 'main', image: 'main:v1' }] } };
      await cluster.create({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'srv', namespace: 'smi-abc123-x', labels: own }, spec: { replicas: 1, selector: { matchLabels: { app: 'srv' } }, template } });
      while ((await cluster.list({ apiVersion: 'v1', kind: 'Event', namespace: 'smi-abc123-x' })).length === 0) await new Promise(setImmediate);
      await look(cluster, { definition: { detect: { labels: { app: 'smi-reference-mesh' } } } });
      expect(await read('smi-abc123-x/events.txt')).toMatch(/FailedCreate\tDeployment\/srv\tError creating: .*nobody/);
    } finally {
      await cluster.close();
    }
  });
});

describe('a folder that a tool has written', () => {
  test('loses secrets, the beginnings of long files, and the largest of too many', async () => {
    await mkdir(join(folder, 'node'));
    const write = (name: string, text: string | Buffer): Promise<void> => writeFile(join(folder, 'node', name), text);
    await write('kubelet.log', `${'x'.repeat(50)}\n`.repeat(100));
    await write('inspect.json', '{"Env":["HTTPS_PROXY=https://me:opensesame@proxy"]}\n');
    await write('bytes', Buffer.from([0xff, 0xfe, 0x00, 0x80]));
    await write('containerd.log', `${'y'.repeat(50)}\n`.repeat(100));
    expect(await trimFolder(folder, { file: 500, all: 700 })).toBe(1);
    expect((await readdir(join(folder, 'node'))).length).toBe(3);
    expect(await readFile(join(folder, 'node', 'inspect.json'), 'utf8')).toBe('{"Env":["HTTPS_PROXY=https://me:[hidden]@proxy"]}\n');
    expect(await readFile(join(folder, 'node', 'bytes'))).toEqual(Buffer.from([0xff, 0xfe, 0x00, 0x80]));
    const long = (await readdir(join(folder, 'node'))).find((name) => name.endsWith('.log')) as string;
    expect(await readFile(join(folder, 'node', long), 'utf8')).toMatch(/^(?:(?:x{50}|y{50})\n){9}$/);
  });
});
