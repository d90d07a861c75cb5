import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { dump } from 'js-yaml';
import { askDocker, bootCluster, type Booted } from '../../src/cluster/boot/index.ts';
import { openKubernetes } from '../../src/cluster/kubernetes/index.ts';
import type { Cluster } from '../../src/cluster/port.ts';
import { type MeshMade, openJournal, openRuns } from '../../src/journal/index.ts';
import { installMesh, type InstallOptions, type MadeMesh, uninstallMesh } from '../../src/mesh/install/index.ts';
import { loadDefinition, loadDefinitions } from '../../src/mesh/index.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import { until } from './cluster.ts';
import { difference, type Snapshot, snapshotOf } from './snapshot.ts';

jest.setTimeout(600_000);

/** Where a machine without a registry has what is installed: a chart's folder, and image archives or manifests, separated by spaces. */
const { E2E_OSM_CHART: chart, E2E_NODE_IMAGE: nodeImage } = process.env;
const listed = (name: string): string[] => (process.env[name] ?? '').split(/\s+/).filter((path) => path !== '');
const archives = { osm: listed('E2E_OSM_IMAGES'), traefik: listed('E2E_TRAEFIK_IMAGES') };
const manifests = listed('E2E_TRAEFIK_MANIFESTS');

const never = new AbortController().signal;
const docker = await askDocker({ environment: process.env, signal: never });
const reason = [...(docker.answers ? [] : [`no Docker engine answers (${docker.why})`]), ...(chart === undefined ? ['E2E_OSM_CHART names no chart of Open Service Mesh whose images can be had'] : [])].join(', and ');
const where = reason === '' ? 'on kind' : `skipped: ${reason}`;

const id = randomBytes(3).toString('hex');
let folder: string;
let booted: Booted;
let cluster: Cluster;
let known: MeshDefinition[];
let fresh: Snapshot;
const began = performance.now();
const say = (line: string): void => void process.stderr.write(`${((performance.now() - began) / 1000).toFixed(1)} ${line}\n`);

/** A user's definition that lies over the built-in one: images by tag, since those of an archive have no digest of a registry. */
async function osm(more: { path?: string; tag?: string } = {}): Promise<MeshDefinition> {
  return loadDefinition(writeOsm(more), known);
}

function writeOsm(more: { path?: string; tag?: string } = {}): string {
  const digest = Object.fromEntries(['osmController', 'osmInjector', 'osmSidecarInit', 'osmCRDs', 'osmBootstrap', 'osmPreinstall', 'osmHealthcheck'].map((name) => [name, '']));
  const image = { registry: 'docker.io/openservicemesh', tag: more.tag ?? 'v1.2.4', digest };
  const values = { osm: { image, sidecarImage: 'docker.io/envoyproxy/envoy-distroless:v1.22.2', curlImage: 'docker.io/curlimages/curl:8', featureFlags: { enableWASMStats: false } } };
  const file = join(mkdtempSync(join(folder, 'definition-')), 'osm.yaml');
  writeFileSync(file, dump({ extends: 'open_service_mesh', install: { parts: { mesh: { helm: { path: more.path ?? chart, values } } } } }));
  return file;
}

interface Attempt {
  options: InstallOptions;
  made(): MadeMesh;
  lines: string[];
}

/** What a run would hand to the installer: a folder and a journal of its own. */
function attempt(definition: MeshDefinition, more: Partial<InstallOptions> = {}): Attempt {
  const runId = randomBytes(3).toString('hex');
  const directory = mkdtempSync(join(folder, 'run-'));
  const journal = openJournal(join(folder, 'state'), { id: runId });
  const lines: string[] = [];
  const noted: MadeMesh[] = [];
  const willMake = (made: MadeMesh): void => {
    journal.willMake(made);
    noted.push(made);
  };
  const log = (line: string): void => void lines.push(line);
  return {
    options: { definition, cluster, kubeconfig: booted.kubeconfig, runId, directory, journal: { willMake }, log, signal: never, known, ...more },
    // As another process reads it in the journal.
    made: () => JSON.parse(JSON.stringify(noted.at(-1))) as MadeMesh,
    lines,
  };
}

async function takeOff({ options: { directory, log }, made }: Attempt): Promise<{ kept: string[]; left: string[]; reason?: string; seconds: number }> {
  const from = performance.now();
  const result = await uninstallMesh({ made: made(), cluster, kubeconfig: booted.kubeconfig, directory, log });
  return { ...result, seconds: (performance.now() - from) / 1000 };
}

/** CoreDNS starts anew where a mesh has added to its configuration: its pods are others then. */
const dnsPods = /^(Pod|ReplicaSet|ControllerRevision) (apps)? ?kube-system\/coredns-/;
const now = (): Snapshot => snapshotOf(booted.kubeconfig);
const asItWas = (ignore = /^$/): string[] => difference(fresh, now()).filter((line) => !ignore.test(line.replace(/^\w+: /, '')));

(reason === '' ? describe : describe.skip)(`installing a mesh, ${where}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'smi-conformance-e2e-'));
    known = await loadDefinitions(join(import.meta.dirname, '../../meshes'));
    const image = nodeImage === undefined ? { kubernetesVersion: '1.34' } : { nodeImage };
    booted = await bootCluster({ tool: 'kind', name: `smi-conformance-e2e-install-${id}`, directory: join(folder, 'cluster'), journal: openJournal(join(folder, 'state'), { id: `boot${id}` }), log: () => undefined, signal: never, preload: [...archives.osm, ...archives.traefik], ...image });
    cluster = await openKubernetes({ kubeconfig: booted.kubeconfig });
    fresh = now();
    say(`booted: ${fresh.size} objects are there`);
  });
  afterAll(async () => {
    await cluster?.close();
    await booted?.delete();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a chart that is not there is named, and nothing is made', async () => {
    const { options } = attempt(await osm({ path: './no-such-chart' }));
    await expect(installMesh(options)).rejects.toMatchObject({ code: 'COMMAND_FAILED', message: expect.stringContaining('no-such-chart') });
    expect(asItWas()).toEqual([]);
  });

  test('an image that cannot be had ends it within seconds, and what was made goes', async () => {
    const missing = attempt(await osm({ tag: 'v0.0.0' }));
    const from = performance.now();
    await expect(installMesh(missing.options)).rejects.toMatchObject({ code: 'IMAGE_PULL', message: expect.stringMatching(/the image \S+:v0\.0\.0 of pod osm-system\/osm-preinstall-\w+ cannot be pulled/) });
    const seconds = (performance.now() - from) / 1000;
    expect(seconds).toBeLessThan(90);
    const gone = await takeOff(missing);
    say(`image missing: told after ${seconds.toFixed(1)} s, taken off in ${gone.seconds.toFixed(1)} s`);
    expect(gone).toMatchObject({ kept: [], left: [] });
    expect(asItWas()).toEqual([]);
  });

  test('cancelled half-way, taken off: all is as it was', async () => {
    const stop = new AbortController();
    const stopped = attempt(await osm(), { signal: stop.signal });
    const ended = installMesh(stopped.options).catch((error: unknown) => error);
    await until('its bootstrap pod is there', 120_000, async () => (await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'osm-system', labels: { app: 'osm-bootstrap' } })).length > 0);
    stop.abort('SIGINT');
    expect(await ended).toMatchObject({ code: 'CANCELLED', message: 'the run was stopped by SIGINT' });
    const gone = await takeOff(stopped);
    say(`cancelled: taken off in ${gone.seconds.toFixed(1)} s`);
    expect(gone.seconds).toBeLessThan(20);
    expect(gone).toMatchObject({ kept: [], left: [] });
    expect(asItWas()).toEqual([]);
    expect(await takeOff(stopped)).toMatchObject({ kept: [], left: [] });
  });

  test('killed half-way, taken off by what its journal says, by another process: all is as it was, and nothing comes after', async () => {
    const state = join(folder, 'killed-state');
    const directory = mkdtempSync(join(folder, 'killed-'));
    const child = spawn(process.execPath, [join(import.meta.dirname, 'install-and-wait.ts'), state, `killed${id}`, booted.kubeconfig, writeOsm(), directory], { stdio: 'ignore', env: { ...process.env, NODE_OPTIONS: '' } });
    const exited = once(child, 'exit');
    await until('its chart is being installed', 120_000, async () => (await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'osm-system' })).length > 0);
    child.kill('SIGKILL');
    await exited;
    const [past] = await openRuns(state);
    expect(past?.made).toMatchObject([{ what: 'mesh', id: 'osm', namespaces: ['osm-system'] }]);
    const gone = await Promise.all((past?.made ?? []).map((made) => uninstallMesh({ made: made as MeshMade, cluster, kubeconfig: booted.kubeconfig, directory, log: () => undefined })));
    expect(gone).toEqual([{ kept: [], left: [] }]);
    // Helm outlives the process that started it, and gives up when what it waits for is gone.
    await until('no Helm of that run is left', 60_000, async () => spawnSync('pgrep', ['-f', directory], { encoding: 'utf8' }).stdout === '');
    expect(asItWas()).toEqual([]);
  });

  test('an install that broke off is made whole; then it is left as it is; then it goes, but for what others use', async () => {
    const stop = new AbortController();
    const broken = attempt(await osm(), { signal: stop.signal });
    const ended = installMesh(broken.options).catch((error: unknown) => error);
    await until('its hook runs', 120_000, async () => (await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'osm-system' })).length > 0);
    stop.abort('SIGINT');
    await ended;

    const whole = attempt(await osm());
    const from = performance.now();
    const installed = await installMesh(whole.options);
    const seconds = (performance.now() - from) / 1000;
    expect(installed).toMatchObject({ version: 'v1.2.4', already: false });
    expect(whole.lines).toContain('an earlier install of osm broke off: it is cleared away and made anew');
    expect(readFileSync(join(whole.options.directory, 'mesh-values.yaml'), 'utf8')).toContain('"enablePermissiveTrafficPolicy": false');

    const again = attempt(await osm());
    expect(await installMesh(again.options)).toEqual({ version: 'v1.2.4', already: true });
    const other = join(folder, 'other');
    cpSync(chart ?? '', other, { recursive: true });
    writeFileSync(join(other, 'Chart.yaml'), readFileSync(join(other, 'Chart.yaml'), 'utf8').replaceAll('1.2.4', '1.2.9'));
    await expect(installMesh(attempt(await osm({ path: other })).options)).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('Open Service Mesh v1.2.4 is on the cluster already, and v1.2.9 is to be installed') });

    await cluster.create({ apiVersion: 'split.smi-spec.io/v1alpha2', kind: 'TrafficSplit', metadata: { name: 'used', namespace: 'default' }, spec: { service: 'one', backends: [{ service: 'two', weight: 1 }] } });
    const gone = await takeOff(whole);
    say(`resumed in ${seconds.toFixed(1)} s, taken off in ${gone.seconds.toFixed(1)} s`);
    expect(gone).toMatchObject({ kept: ['the definition trafficsplits.split.smi-spec.io is kept: it holds 1 object of somebody else'], left: [] });
    expect(gone.seconds).toBeLessThan(20);
    // The server makes an APIService for each definition.
    expect(asItWas()).toEqual(['new: APIService apiregistration.k8s.io v1alpha2.split.smi-spec.io', 'new: CustomResourceDefinition apiextensions.k8s.io trafficsplits.split.smi-spec.io', 'new: TrafficSplit split.smi-spec.io default/used']);
    await cluster.delete({ apiVersion: 'split.smi-spec.io/v1alpha2', kind: 'TrafficSplit', name: 'used', namespace: 'default' });
    expect(await takeOff(whole)).toMatchObject({ kept: [], left: [] });
    expect(asItWas()).toEqual([]);
  });

  (manifests.length > 0 ? describe : describe.skip)('by manifests', () => test('Traefik Mesh: all is as it was, the configuration of the DNS, too', async () => {
    const file = join(folder, 'traefik.yaml');
    mkdirSync(join(folder, 'manifests'));
    for (const path of manifests) cpSync(path, join(folder, 'manifests', basename(path)));
    writeFileSync(file, dump({ extends: 'traefik-mesh', install: { parts: { mesh: { helm: null, manifests: { files: manifests.map((path) => ({ path: `manifests/${basename(path)}` })) } } } } }));
    const traefik = attempt(await loadDefinition(file, known));
    const from = performance.now();
    expect(await installMesh(traefik.options)).toMatchObject({ version: 'v1.4.8', already: false });
    const seconds = (performance.now() - from) / 1000;
    const corefile = async (): Promise<string> => JSON.stringify((await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'coredns' }))?.['data']);
    expect(await corefile()).toContain('traefik.mesh');
    await expect(installMesh(attempt(await osm()).options)).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('Traefik Mesh (traefik-mesh) is on the cluster') });
    const gone = await takeOff(traefik);
    say(`Traefik Mesh in ${seconds.toFixed(1)} s, taken off in ${gone.seconds.toFixed(1)} s`);
    expect(gone).toMatchObject({ kept: [], left: [] });
    expect(await corefile()).not.toContain('traefik.mesh');
    expect(asItWas(dnsPods)).toEqual([]);
  }));
});
