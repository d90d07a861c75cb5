import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { askDocker, bootCluster, type BootRequest, removeMade } from '../../src/cluster/boot/index.ts';
import { openKubernetes } from '../../src/cluster/kubernetes/index.ts';
import { type ClusterMade, type FolderMade, openJournal, openRuns } from '../../src/journal/index.ts';
import { until } from './cluster.ts';

jest.setTimeout(600_000);

const never = new AbortController().signal;
const docker = await askDocker({ environment: process.env, signal: never });
// A plain word for whoever reads the list of tests: nothing is booted where there is no engine to boot on.
const where = docker.answers ? `on Docker ${docker.version}` : `skipped: no Docker engine answers (${docker.why})`;

const id = randomBytes(3).toString('hex');
const nameOf = (which: string): string => `smi-conformance-e2e-${which}-${id}`;
let folder: string;
let image: string | undefined;

function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}
const containersOf = (name: string): string[] => run('ps', '--all', '--quiet', '--filter', `label=io.x-k8s.kind.cluster=${name}`).split('\n').filter((one) => one !== '');
const isBegun = (name: string) => async (): Promise<boolean> => containersOf(name).length > 0;

function request(which: string, more: Partial<BootRequest> = {}): BootRequest & { lines: string[] } {
  const lines: string[] = [];
  const directory = join(folder, which);
  const chosen = image === undefined ? { kubernetesVersion: '1.34' } : { nodeImage: image };
  const journal = openJournal(join(folder, 'state'), { id: `${which}${id}` });
  return { tool: 'kind', name: nameOf(which), directory, logsDirectory: join(folder, `${which}-logs`), journal, log: (line) => lines.push(line), signal: never, lines, ...chosen, ...more };
}

(docker.answers ? describe : describe.skip)(`kind, ${where}`, () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'smi-conformance-e2e-'));
    // A machine without a registry has a node image of its own.
    image = run('images', 'kindest/node', '--format', '{{.Repository}}:{{.Tag}}').split('\n').find((one) => /:v\d/.test(one));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('boots a cluster that can be used, loads images, exports logs, and leaves no container', async () => {
    mkdirSync(join(folder, 'image'));
    writeFileSync(join(folder, 'image', 'hello'), id);
    spawnSync('tar', ['-cf', join(folder, 'layer.tar'), '-C', join(folder, 'image'), '.']);
    const tags = [`smi-conformance.test/archived:${id}`, `smi-conformance.test/local:${id}`] as const;
    for (const tag of tags) run('import', join(folder, 'layer.tar'), tag);
    run('save', '--output', join(folder, 'archived.tar'), tags[0]);
    const asked = request('whole', { preload: [join(folder, 'archived.tar')] });
    const began = performance.now();
    const booted = await bootCluster(asked);
    process.stderr.write(`boot with an archive loaded, until DNS answers: ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
    try {
      expect(statSync(booted.kubeconfig).mode & 0o777).toBe(0o600);
      const cluster = await openKubernetes({ kubeconfig: booted.kubeconfig });
      const nodes = await cluster.list({ apiVersion: 'v1', kind: 'Node' });
      expect(nodes.map(({ metadata }) => metadata.name)).toEqual([`${booted.name}-control-plane`]);
      expect(await cluster.about()).toEqual({ kubernetesVersion: booted.kubernetesVersion, server: booted.server });
      await cluster.close();

      await booted.load([tags[1]]);
      const onNode = run('exec', `${booted.name}-control-plane`, 'ctr', '--namespace', 'k8s.io', 'images', 'list', '--quiet');
      for (const tag of tags) expect(onNode).toContain(tag);

      await expect(bootCluster({ ...asked, directory: join(folder, 'again') })).rejects.toMatchObject({ code: 'BOOT_FAILED', message: expect.stringContaining(`there is a cluster ${booted.name} already`) });
      expect(containersOf(booted.name)).toHaveLength(1);

      await booted.exportLogs(join(folder, 'exported'));
      expect(readdirSync(join(folder, 'exported', `${booted.name}-control-plane`))).toEqual(expect.arrayContaining(['kubelet.log', 'pods']));
    } finally {
      const ending = performance.now();
      await booted.delete();
      process.stderr.write(`delete: ${((performance.now() - ending) / 1000).toFixed(1)} s\n`);
      for (const tag of tags) run('rmi', tag);
    }
    expect(containersOf(booted.name)).toEqual([]);
    expect(existsSync(booted.kubeconfig)).toBe(false);
    expect(readFileSync(join(folder, 'state', 'runs', `whole${id}.ndjson`), 'utf8').trim().split('\n')).toHaveLength(3);
  });

  test('that is cancelled half-way leaves nothing', async () => {
    const stop = new AbortController();
    const asked = request('stopped', { signal: stop.signal });
    const ended = bootCluster(asked).catch((error: unknown) => error);
    await until('the node is there', 120_000, isBegun(asked.name));
    stop.abort('SIGINT');
    const ending = performance.now();
    expect(await ended).toMatchObject({ code: 'CANCELLED', message: 'the run was stopped by SIGINT' });
    process.stderr.write(`cancelled and removed: ${((performance.now() - ending) / 1000).toFixed(1)} s\n`);
    expect(containersOf(asked.name)).toEqual([]);
    expect(existsSync(join(asked.directory, 'kubeconfig'))).toBe(false);
    expect(existsSync(join(folder, 'stopped-logs'))).toBe(false);
  });

  test('of a run that was killed half-way is removed by its journal, and nothing comes after', async () => {
    const state = join(folder, 'killed-state');
    const name = nameOf('killed');
    const child = spawn(process.execPath, [join(import.meta.dirname, 'boot-and-wait.ts'), state, `killed${id}`, name, join(folder, 'killed'), image ?? ''], { stdio: ['ignore', 'inherit', 'ignore'] });
    const exited = once(child, 'exit');
    await until('the node is there', 120_000, isBegun(name));
    child.kill('SIGKILL');
    await exited;
    const [past] = await openRuns(state);
    expect(past).toMatchObject({ server: '', made: [{ what: 'cluster', tool: 'kind', name }] });
    const ending = performance.now();
    for (const made of past?.made ?? []) await removeMade(made as ClusterMade | FolderMade, { log: () => undefined });
    process.stderr.write(`killed and removed: ${((performance.now() - ending) / 1000).toFixed(1)} s\n`);
    expect(containersOf(name)).toEqual([]);
    expect(spawnSync('pgrep', ['-f', name], { encoding: 'utf8' }).stdout).toBe('');
    // What the engine had still been asked for would appear within moments.
    await sleep(3_000);
    expect(containersOf(name)).toEqual([]);
  });

  test('whose node image does not exist says so, and leaves nothing', async () => {
    const asked = request('absent', { nodeImage: 'localhost:1/kindest/node:v1.34.0' });
    await expect(bootCluster(asked)).rejects.toMatchObject({ code: 'IMAGE_PULL', message: expect.stringContaining('its image cannot be pulled (localhost:1/kindest/node:v1.34.0)') });
    expect(asked.lines).toContain('the node image localhost:1/kindest/node:v1.34.0 is not pinned by a digest: it is taken as it is named');
    expect(containersOf(asked.name)).toEqual([]);
  });
});
