import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiError, type KubeObject } from '../../../src/cluster/port.ts';
import { installMesh, type InstallOptions, type MadeMesh, prepareMesh, uninstallMesh } from '../../../src/mesh/install/index.ts';
import { withPrometheus } from '../../../src/mesh/index.ts';
import type { Install } from '../../../src/model/install.ts';
import type { MeshDefinition } from '../../../src/model/mesh.ts';
import { definition, pod } from '../samples.ts';
import { type FakeHelm, fakeHelm } from './helm.ts';
import { createStore, definitionOf, deployment, type Store } from './store.ts';

let helm: FakeHelm;
let cluster: Store;
let directory: string;
let lines: string[];
let noted: MadeMesh[];
let unmade: MadeMesh[];
beforeEach(async () => {
  [helm, directory] = await Promise.all([fakeHelm(), mkdtemp(join(tmpdir(), 'install-'))]);
  cluster = createStore();
  [lines, noted, unmade] = [[], [], []];
});
afterEach(() => Promise.all([helm.remove(), rm(directory, { recursive: true })]));

const detect = { labels: { app: 'sample' }, container: 'controller' };
const running = (image = 'sample:v1.0.0'): KubeObject => pod({ containers: [['controller', image, '']] });

function byChart(more: Partial<Install> = {}, fields: Partial<MeshDefinition> = {}): MeshDefinition {
  return definition({
    detect,
    claims: { 'traffic-split': { versions: ['v1alpha2'], kinds: ['TrafficSplit'] } },
    install: { namespace: 'mesh', versions: [{ version: '1.0.0' }], parts: { mesh: { helm: { release: 'mesh', path: helm.chart, values: { strict: true } } } }, ready: { deployments: ['controller'], timeoutMs: 1_000 }, ...more },
    ...fields,
  });
}

async function byManifests(objects: string, more: Partial<Install> = {}): Promise<MeshDefinition> {
  await writeFile(join(directory, 'mesh.yaml'), objects);
  return byChart({ parts: { mesh: { manifests: { files: [{ path: join(directory, 'mesh.yaml') }] } } }, ready: {}, ...more });
}

function options(of: MeshDefinition, more: Partial<InstallOptions> = {}): InstallOptions {
  return {
    definition: of, cluster, kubeconfig: '/run/kubeconfig', runId: 'abc123', directory, journal: { willMake: (made) => void noted.push(JSON.parse(JSON.stringify(made)) as MadeMesh) },
    log: (line) => void lines.push(line), signal: new AbortController().signal, environment: helm.environment, ...more,
  };
}

const takeOff = (made: MadeMesh | undefined, limitMs = 5_000) => uninstallMesh({
  made: made ?? { what: 'mesh' }, cluster, kubeconfig: '/run/kubeconfig', directory, log: (line) => void lines.push(line), environment: helm.environment, journal: { unmade: (one) => void unmade.push(one) }, limitMs,
});

describe('by a chart', () => {
  test('what is made is noted before it is, the values are a file that nobody else can read, and it is waited for', async () => {
    cluster.put(deployment('mesh', 'controller'));
    const installed = await installMesh(options(byChart()));
    expect(installed).toMatchObject({ version: 'v1.0.0', already: false });
    expect(noted).toEqual([installed.made]);
    expect(noted[0]).toEqual({
      what: 'mesh', id: 'sample', name: 'Sample Mesh', version: 'v1.0.0', parts: [{ helm: { release: 'mesh', namespace: 'mesh', hooks: true } }], namespaces: ['mesh'], leaves: {}, before: { definitions: [], objects: [], changed: [] },
    });
    expect(await helm.commands()).toEqual([`upgrade --install mesh ${helm.chart} --namespace mesh --values ${directory}/mesh-values.yaml --timeout 300s --kubeconfig /run/kubeconfig`]);
    expect(await helm.values()).toEqual({ strict: true });
    expect((await stat(join(directory, 'mesh-values.yaml'))).mode & 0o777).toBe(0o600);
    expect(cluster.done).toEqual(['create Namespace mesh']);
    expect((await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: 'mesh' }))?.metadata.labels).toEqual({ 'smi-conformance/mesh': 'abc123' });
    expect(lines).toContain('STATUS: deployed');
  });

  test('nothing is made where the journal cannot be written', async () => {
    const full = { willMake: () => { throw new Error('no space left'); } };
    await expect(installMesh(options(byChart(), { journal: full }))).rejects.toThrow('no space left');
    expect([cluster.done, await helm.commands()]).toEqual([[], []]);
  });

  test('its namespace is left alone where it was there before', async () => {
    cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mesh' } }, deployment('mesh', 'controller'));
    const { made } = await installMesh(options(byChart()));
    expect(made?.namespaces).toEqual([]);
    expect(await takeOff(made)).toEqual({ kept: [], left: [] });
    expect(cluster.names('Namespace')).toEqual(['mesh']);
  });

  test('Helm’s last lines are in the error', async () => {
    await helm.behave('fail');
    await expect(installMesh(options(byChart()))).rejects.toMatchObject({ code: 'COMMAND_FAILED', message: expect.stringContaining('beginning\nError: INSTALLATION FAILED: the chart is no good') });
    expect(noted).toHaveLength(1);
  });

  test('what does not get ready in time is named', async () => {
    cluster.put(deployment('mesh', 'controller', { available: 0 }));
    await expect(installMesh(options(byChart()))).rejects.toMatchObject({ code: 'POD_NOT_READY', message: expect.stringContaining('Sample Mesh was not ready within 1 s: Deployment mesh/controller has 0 of 1 pods available') });
    expect(lines).toContain('waiting: Deployment mesh/controller has 0 of 1 pods available');
  });

  test.each([['while Helm waits for a hook', 'hang'], ['when Helm is done', 'well']] as const)('an image that cannot be had ends it, %s', async (_when, how) => {
    await helm.behave(how);
    cluster.put({ ...pod({ name: 'hook', containers: [] }), metadata: { name: 'hook', namespace: 'mesh', uid: 'hook' }, status: { containerStatuses: [{ name: 'hook', image: 'gone:1', state: { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } } }] } });
    await expect(installMesh(options(byChart({ ready: { deployments: ['controller'], timeoutMs: 60_000 } })))).rejects.toMatchObject({ code: 'IMAGE_PULL', message: expect.stringContaining('the image gone:1 of pod mesh/hook cannot be pulled (no such image)') });
  });

  test('a pod of somebody else in a namespace that was there says nothing about the mesh', async () => {
    cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mesh' } }, deployment('mesh', 'controller'));
    cluster.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'other', namespace: 'mesh' }, status: { containerStatuses: [{ name: 'a', image: 'gone:1', state: { waiting: { reason: 'ImagePullBackOff' } } }] } });
    await expect(installMesh(options(byChart()))).resolves.toMatchObject({ already: false });
  });

  test('a cancel ends Helm', async () => {
    await helm.behave('hang');
    const stop = new AbortController();
    const ended = installMesh(options(byChart(), { signal: stop.signal })).catch((error: unknown) => error);
    while ((await helm.releases())['mesh/mesh'] === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort('SIGTERM');
    expect(await ended).toMatchObject({ code: 'CANCELLED', message: 'the run was stopped by SIGTERM' });
    expect(await helm.releases()).toMatchObject({ 'mesh/mesh': { status: 'pending-install' } });
  });
});

describe('what is there already', () => {
  beforeEach(() => cluster.put(deployment('mesh', 'controller')));

  test('the same version is left as it is, and nothing is noted', async () => {
    await helm.setRelease('mesh/mesh', { status: 'deployed' });
    cluster.put(running());
    expect(await installMesh(options(byChart()))).toEqual({ version: 'v1.0.0', already: true });
    expect([noted, await helm.commands(), cluster.done]).toEqual([[], [], []]);
  });

  test('so is one that was installed in another way', async () => {
    cluster.put(running('registry:5000/sample:1.0.0@sha256:00'));
    expect(await installMesh(options(byChart()))).toEqual({ version: 'v1.0.0', already: true });
  });

  test.each(['failed', 'pending-install', 'uninstalling'])('a first install that is %s is cleared away and made anew', async (status) => {
    await helm.setRelease('mesh/mesh', { status });
    cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mesh', labels: { 'smi-conformance/mesh': 'earlier' } } });
    expect(await installMesh(options(byChart()))).toMatchObject({ already: false, made: { namespaces: ['mesh'] } });
    expect((await helm.commands()).map((line) => line.split(' ')[0])).toEqual(['uninstall', 'upgrade']);
    expect(await helm.releases()).toMatchObject({ 'mesh/mesh': { status: 'deployed', revision: 1 } });
    expect(lines).toContain('an earlier install of mesh broke off: it is cleared away and made anew');
  });

  test.each<[string, () => unknown, string]>([
    ['another version by Helm', () => helm.setRelease('mesh/mesh', { status: 'deployed', chart: 'mesh-0.9.0', app_version: 'v0.9.0' }), 'Sample Mesh v0.9.0 is on the cluster already, and v1.0.0 is to be installed: set mesh_version to v0.9.0'],
    ['another version that runs', () => cluster.put(running('sample:v0.9.0')), 'Sample Mesh v0.9.0 is on the cluster already'],
    ['an upgrade that was not finished', () => helm.setRelease('mesh/mesh', { status: 'failed', revision: 3 }), 'the release mesh/mesh of Helm is on the cluster in the state failed, of an upgrade (revision 3)'],
    ['definitions of another mesh', () => cluster.put(definitionOf('trafficsplits.split.smi-spec.io', ['v1alpha3'])), 'another mesh\'s, trafficsplits.split.smi-spec.io (v1alpha3)'],
    ['more versions than its own', () => cluster.put(definitionOf('trafficsplits.split.smi-spec.io', ['v1alpha2', 'v1alpha4'])), 'trafficsplits.split.smi-spec.io (v1alpha2, v1alpha4)'],
  ])('%s is an error', async (_what, arrange, message) => {
    await arrange();
    await expect(installMesh(options(byChart()))).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining(message) });
    expect([noted, await helm.commands(), cluster.done]).toEqual([[], [], []]);
  });

  test('another mesh is an error', async () => {
    const other = definition({ id: 'other', name: 'Other Mesh', detect: { labels: { app: 'other' } }, claims: { 'traffic-split': { versions: ['v1alpha3'], kinds: ['TrafficSplit'] } } });
    const harmless = definition({ id: 'harmless', detect: { labels: { app: 'harmless' } } });
    cluster.put(pod({ name: 'a', labels: { app: 'harmless' } }));
    await expect(installMesh(options(byChart(), { known: [other, harmless] }))).resolves.toMatchObject({ already: false });
    cluster.put(pod({ name: 'b', labels: { app: 'other' } }));
    await expect(installMesh(options(byChart(), { known: [other, harmless] }))).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('Other Mesh (other) is on the cluster') });
  });

  test('definitions of its own versions, and of what it does not claim, are no hindrance, and stay', async () => {
    cluster.put(definitionOf('trafficsplits.split.smi-spec.io', ['v1alpha2']), definitionOf('udproutes.specs.smi-spec.io', ['v1alpha4']));
    const { made } = await installMesh(options(byChart()));
    cluster.put(definitionOf('traffictargets.access.smi-spec.io', ['v1alpha3']));
    expect(await takeOff(made)).toEqual({ kept: [], left: [] });
    expect(cluster.names('CustomResourceDefinition')).toEqual(['trafficsplits.split.smi-spec.io', 'udproutes.specs.smi-spec.io']);
  });

  test('a version of Kubernetes that its makers do not name is told', async () => {
    await installMesh(options(byChart({ versions: [{ version: '1.0.0', kubernetes: { from: '1.21', to: '1.28' } }] })));
    expect(lines).toContain('Sample Mesh v1.0.0 may not work here: its makers name Kubernetes 1.28 as the newest, and this is v1.34.4');
  });
});

describe('together with its own Prometheus', () => {
  const metrics: MeshDefinition['metrics'] = {
    prometheus: {
      window: '1m', latencyUnit: 's', queries: { success: 'a', failure: 'b', latency: 'c' }, received: { resources: {} },
      install: { values: { mesh: { prometheus: { deploy: true } } }, ready: { deployments: ['prometheus'] }, service: 'mesh/mesh-prometheus:9090' },
    },
  };
  const both = (more: Partial<Install> = {}): MeshDefinition => withPrometheus(byChart(more, { metrics }), []).definition;
  const wanted = (more: Partial<Install> = {}): InstallOptions => options(both(more), { prometheus: true });
  const service: KubeObject = { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'mesh', name: 'mesh-prometheus' } };
  beforeEach(() => cluster.put(deployment('mesh', 'controller')));

  test('the chart is given the values that set it up, both are waited for, and both go', async () => {
    cluster.put(deployment('mesh', 'prometheus', { available: 0 }));
    await expect(installMesh(wanted())).rejects.toMatchObject({ code: 'POD_NOT_READY', message: expect.stringContaining('Deployment mesh/prometheus has 0 of 1 pods available') });
    await takeOff(noted[0]);
    cluster.put(deployment('mesh', 'controller'), deployment('mesh', 'prometheus'));
    const { made } = await installMesh(wanted());
    expect(await helm.values()).toEqual({ strict: true, prometheus: { deploy: true } });
    expect(Object.keys(await helm.releases())).toEqual(['mesh/mesh']);
    expect(await takeOff(made)).toEqual({ kept: [], left: [] });
    expect([await helm.releases(), cluster.names()]).toEqual([{}, []]);
  });

  test.each<[string, () => Promise<void>]>([
    ['by Helm', () => helm.setRelease('mesh/mesh', { status: 'deployed' })],
    ['in another way', async () => cluster.put(running())],
  ])('a mesh that is there %s without it is an error, and left as it is', async (_how, arrange) => {
    await arrange();
    await expect(installMesh(wanted())).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(/^prometheus is install, and Sample Mesh is on the cluster already, without the Service mesh\/mesh-prometheus of its Prometheus: uninstall it.*prometheus_url/) });
    expect([noted, await helm.commands(), cluster.done]).toEqual([[], [], []]);
    await expect(installMesh(options(byChart()))).resolves.toMatchObject({ already: true });
  });

  test('one of its charts that is there without it is an error as well, another one is not', async () => {
    const parts = { mesh: { helm: { release: 'mesh', path: helm.chart } }, more: { helm: { release: 'more', path: helm.chart } } };
    cluster.put(deployment('mesh', 'prometheus'));
    await helm.setRelease('mesh/mesh', { status: 'deployed' });
    await expect(installMesh(wanted({ parts }))).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await helm.setRelease('mesh/mesh', { status: 'uninstalled' });
    await helm.setRelease('mesh/more', { status: 'deployed' });
    await expect(installMesh(wanted({ parts }))).resolves.toMatchObject({ already: false });
  });

  test('a mesh that is there with it is left as it is', async () => {
    cluster.put(running(), service, deployment('mesh', 'prometheus'));
    expect(await installMesh(wanted())).toEqual({ version: 'v1.0.0', already: true });
    expect([noted, await helm.commands(), cluster.done]).toEqual([[], [], []]);
  });
});

describe('by manifests', () => {
  const manifests = `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
---
apiVersion: v1
kind: List
items:
  - { apiVersion: split.smi-spec.io/v1alpha2, kind: TrafficSplit, metadata: { name: own, namespace: elsewhere } }
  - { apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: sample } }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: trafficsplits.split.smi-spec.io }
spec: { group: split.smi-spec.io, names: { kind: TrafficSplit }, versions: [{ name: v1alpha2, served: true }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: mesh, labels: { mesh: own } }
---
`;

  test('namespaces and definitions come first; all bear the run’s mark; all of it goes', async () => {
    const { made } = await installMesh(options(await byManifests(manifests)));
    expect(cluster.done).toEqual(['create Namespace mesh', 'create CustomResourceDefinition trafficsplits.split.smi-spec.io', 'create ConfigMap settings', 'create TrafficSplit own', 'create ClusterRole sample']);
    expect([...cluster.objects.values()].map(({ metadata }) => metadata.labels?.['smi-conformance/mesh'])).toEqual(['abc123', 'abc123', 'abc123', 'abc123', 'abc123']);
    expect((await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: 'mesh' }))?.metadata.labels).toMatchObject({ mesh: 'own' });
    expect(await takeOff(made)).toEqual({ kept: [], left: [] });
    expect(cluster.names()).toEqual([]);
    expect(await helm.commands()).toEqual([]);
  });

  test('where one broke off, what is there is replaced and the rest made', async () => {
    const mark = { labels: { 'smi-conformance/mesh': 'earlier' } };
    cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mesh', ...mark } }, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'mesh', ...mark } });
    const { already, made } = await installMesh(options(await byManifests(manifests)));
    expect(already).toBe(false);
    expect(cluster.done).toContain('replace ConfigMap settings');
    expect(await takeOff(made)).toMatchObject({ left: [] });
    expect(cluster.names('Namespace')).toEqual([]);
  });

  test('nothing of somebody else is overwritten, and a cluster-wide definition or namespace that was there stays', async () => {
    cluster.put({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'sample' } });
    await expect(installMesh(options(await byManifests(manifests)))).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('sample is on the cluster already, of somebody else') });
    await cluster.delete({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'sample' });
    cluster.put(definitionOf('trafficsplits.split.smi-spec.io', ['v1alpha2']), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mesh' } });
    const { made } = await installMesh(options(await byManifests(manifests)));
    expect(await takeOff(made)).toEqual({ kept: [], left: [] });
    expect(cluster.names()).toEqual(['mesh', 'trafficsplits.split.smi-spec.io']);
  });

  test('all of it there is left as it is', async () => {
    await installMesh(options(await byManifests(manifests)));
    expect(await installMesh(options(await byManifests(manifests)))).toEqual({ version: '1.0.0', already: true });
    expect(noted).toHaveLength(1);
  });

  test('what they say is of one version only', async () => {
    await expect(installMesh(options(await byManifests(manifests), { version: '2.0.0' }))).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('the manifests of Sample Mesh are of 1.0.0, not of 2.0.0') });
  });
});

describe('taking off', () => {
  const release = (hooks: boolean, more: Partial<MadeMesh> = {}): MadeMesh => ({
    what: 'mesh', id: 'sample', name: 'Sample Mesh', version: '1.0.0', parts: [{ helm: { release: 'mesh', namespace: 'mesh', hooks } }], namespaces: ['mesh'], leaves: {}, before: { definitions: [], objects: [], changed: [] }, ...more,
  });
  const split = (more: Partial<KubeObject['metadata']> = {}): KubeObject => ({ apiVersion: 'split.smi-spec.io/v1alpha2', kind: 'TrafficSplit', metadata: { name: 'used', namespace: 'default', ...more } });

  test('runs the hooks of a chart, unless they are not needed, cannot run, or fail', async () => {
    expect(await takeOff(release(true))).toEqual({ kept: [], left: [] });
    await takeOff(release(false));
    await helm.behave('fail-hooks');
    await takeOff(release(true));
    cluster.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'mesh' }, status: { containerStatuses: [{ name: 'a', image: 'gone:1', state: { waiting: { reason: 'ImagePullBackOff' } } }] } });
    await takeOff(release(true));
    const hooks = (await helm.commands()).map((line) => !line.includes('--no-hooks'));
    expect(hooks).toEqual([true, false, true, false, false]);
    expect(lines.join('\n')).toContain('did not end well, and are left out');
    expect(unmade).toHaveLength(4);
  });

  test('may be asked for again, and of what was never made', async () => {
    expect([await takeOff(release(true)), await takeOff(release(true))]).toEqual([{ kept: [], left: [] }, { kept: [], left: [] }]);
  });

  test('takes what charts leave behind, but not what was there before', async () => {
    const webhook = (name: string): KubeObject => ({ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration', metadata: { name, labels: { app: 'sample' } } });
    cluster.put(webhook('older'), webhook('own'), definitionOf('settings.sample.io', ['v1']), definitionOf('settings.config.sample.io', ['v1']), definitionOf('settings.unsample.io', ['v1']), { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'ca', namespace: 'mesh' } });
    const { apiVersion, kind } = webhook('');
    const made = release(true, { namespaces: [], leaves: { objects: [{ apiVersion, kind, labels: { app: 'sample' } }, { apiVersion: 'v1', kind: 'Secret', namespace: 'mesh', name: 'ca' }], groups: ['sample.io'] }, before: { definitions: ['settings.sample.io'], objects: [{ apiVersion, kind, name: 'older' }], changed: [] } });
    expect(await takeOff(made)).toEqual({ kept: [], left: [] });
    expect(cluster.names()).toEqual(['older', 'settings.sample.io', 'settings.unsample.io']);
  });

  test('keeps a definition that others use, and says so; once they do not, it goes', async () => {
    cluster.put(definitionOf('trafficsplits.split.smi-spec.io', ['v1alpha2']), definitionOf('traffictargets.access.smi-spec.io', ['v1alpha3']), split());
    expect(await takeOff(release(true))).toEqual({ kept: ['the definition trafficsplits.split.smi-spec.io is kept: it holds 1 object of somebody else'], left: [] });
    expect(lines).toContain('the definition trafficsplits.split.smi-spec.io is kept: it holds 1 object of somebody else');
    expect(cluster.names('CustomResourceDefinition')).toEqual(['trafficsplits.split.smi-spec.io']);
    await cluster.delete({ apiVersion: 'split.smi-spec.io/v1alpha2', kind: 'TrafficSplit', namespace: 'default', name: 'used' });
    await takeOff(release(true));
    expect(cluster.names()).toEqual([]);
  });

  test('keeps a chart whose own definition others use', async () => {
    cluster.put(definitionOf('trafficsplits.split.smi-spec.io', ['v1alpha2'], { annotations: { 'meta.helm.sh/release-name': 'mesh', 'meta.helm.sh/release-namespace': 'mesh' } }), split(), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mesh' } });
    expect(await takeOff(release(true))).toMatchObject({ kept: [expect.stringContaining('trafficsplits'), 'the release mesh/mesh is kept: taking it off would remove these definitions'], left: [] });
    expect([cluster.names('Namespace'), await helm.commands()]).toEqual([['mesh'], []]);
  });

  test('a definition that was made a moment ago, and is not served yet, keeps nothing', async () => {
    cluster.put(definitionOf('trafficsplits.split.smi-spec.io', ['v1alpha2']));
    const list = cluster.list.bind(cluster);
    cluster.list = async (query) => {
      if (query.kind === 'TrafficSplit') throw new ApiError(404, 'NotFound', 'The API server does not know the kind TrafficSplit.');
      return list(query);
    };
    expect(await takeOff(release(true))).toEqual({ kept: [], left: [] });
    expect(cluster.names()).toEqual([]);
  });

  test('objects in its own namespaces keep nothing', async () => {
    cluster.put(definitionOf('trafficsplits.split.smi-spec.io', ['v1alpha2']), split({ namespace: 'mesh' }), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mesh' } });
    expect(await takeOff(release(true))).toEqual({ kept: [], left: [] });
    expect(cluster.names()).toEqual([]);
  });

  test('gives back what the mesh has written into, unless it is another object by now', async () => {
    const dns = (text: string): KubeObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'dns', namespace: 'kube-system' }, data: { text } });
    const leaves = { changes: [{ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'dns' }, { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'none' }] };
    cluster.put(dns('before'), deployment('mesh', 'controller'));
    const { made } = await installMesh(options(byChart({ leaves })));
    const data = async () => (await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'dns' }))?.['data'];
    await cluster.replace(dns('after'));
    await takeOff(made);
    expect(await data()).toEqual({ text: 'before' });
    expect(cluster.done.filter((line) => line === 'replace ConfigMap dns')).toHaveLength(2);
    cluster.put(dns('another object'));
    await takeOff(made);
    expect(await data()).toEqual({ text: 'another object' });
  });

  test('does not wait for what pods have to say', async () => {
    cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mesh' } }, pod({ name: 'controller' }));
    const inNamespace = { ...pod({ name: 'slow' }), metadata: { name: 'slow', namespace: 'mesh' } };
    cluster.put(inNamespace);
    const remove = cluster.delete.bind(cluster);
    const asked: (number | undefined)[] = [];
    // A namespace that goes when its pods have gone, and a pod that does not hear.
    cluster.delete = async (ref, how) => {
      if (ref.kind === 'Pod') asked.push(how?.graceSeconds);
      if ((ref.kind === 'Pod' && how?.graceSeconds !== 0) || (ref.kind === 'Namespace' && cluster.names('Pod').includes('slow'))) return;
      await remove(ref, how);
    };
    expect(await takeOff(release(false))).toEqual({ kept: [], left: [] });
    expect(asked).toEqual([1, 0]);
    expect(cluster.names()).toEqual(['controller']);
  });

  test('says what is left, and why, and keeps it in the journal', async () => {
    cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mesh', deletionTimestamp: '2026-01-01T00:00:00Z' } });
    expect(await takeOff(release(false), 1)).toEqual({ kept: [], left: ['Namespace mesh'], reason: 'it was not gone in time' });
    await helm.remove();
    expect(await takeOff(release(false, { namespaces: [] }))).toMatchObject({ left: ['mesh/mesh'], reason: expect.any(String) });
    cluster.list = () => Promise.reject(new Error('the connection broke'));
    expect(await takeOff(release(false))).toEqual({ kept: [], left: ['Sample Mesh (mesh/mesh)'], reason: 'the connection broke' });
    expect(unmade).toEqual([]);
  }, 20_000);
});

describe('preparing', () => {
  test('says what cannot be installed, and what chart is of another version', async () => {
    await expect(prepareMesh(options(definition()))).rejects.toMatchObject({ code: 'NOT_SUPPORTED', message: expect.stringContaining('set mesh_deployed to true') });
    await expect(prepareMesh({ ...options(byChart()), version: '2.0.0' })).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('is of Sample Mesh v1.0.0, and mesh_version asks for 2.0.0') });
    expect((await prepareMesh({ ...options(byChart()), version: '1.0.0' })).version).toBe('v1.0.0');
  });

  test('a chart that is not there is named', async () => {
    await expect(prepareMesh(options(byChart({ parts: { mesh: { helm: { release: 'mesh', path: '/no/chart' } } } })))).rejects.toMatchObject({ code: 'COMMAND_FAILED', message: expect.stringContaining('path "/no/chart" not found') });
  });

  test('what was prepared before is not prepared again', async () => {
    cluster.put(deployment('mesh', 'controller'));
    const prepared = await prepareMesh(options(byChart()));
    await rm(helm.chart, { recursive: true });
    await expect(installMesh(options(byChart(), { prepared }))).resolves.toMatchObject({ already: false });
    expect(await readFile(join(directory, 'mesh-values.yaml'), 'utf8')).toBe('{\n  "strict": true\n}');
  });
});
