import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Environment } from '../../src/conformance.ts';
import { toRequest } from '../../src/door/request.ts';
import type { RawInputs } from '../../src/door/inputs.ts';
import { chooseMesh, survey } from '../../src/run/connect.ts';
import { type Ground, layGround } from '../../src/run/ground.ts';
import { createRecorder } from '../../src/run/recorder.ts';
import { type FakeHelm, fakeHelm } from '../mesh/install/helm.ts';
import { deployment } from '../mesh/install/store.ts';
import { type ApiServer, startApiServer } from '../stand-ins/api-server.ts';
import { type StandInPrometheus, startPrometheus } from '../stand-ins/prometheus.ts';

const assets = join(import.meta.dirname, '../..');
const programs = process.env['PATH'];
let folder: string;
let api: ApiServer;
let helm: FakeHelm;
let prometheus: StandInPrometheus;
beforeEach(async () => {
  [folder, api, helm, prometheus] = await Promise.all([mkdtemp(join(tmpdir(), 'with-prometheus-')), startApiServer(), fakeHelm(), startPrometheus(() => [])]);
  process.env['PATH'] = helm.directory;
  api.store.types.get('v1')?.push({ name: 'services', kind: 'Service', namespaced: true });
  api.store.types.set('apiextensions.k8s.io/v1', [{ name: 'customresourcedefinitions', kind: 'CustomResourceDefinition', namespaced: false }]);
  // What the chart of a mesh on this machine makes; the stand-in for Helm makes releases only.
  const put = (path: string, object: object): void => void api.store.objects.set(`${path}/osm-prometheus`, object as never);
  put('apps/v1/deployments/osm-system', deployment('osm-system', 'osm-prometheus'));
  put('v1/services/osm-system', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'osm-prometheus', namespace: 'osm-system' }, spec: { selector: { app: 'osm-prometheus' }, ports: [{ port: 7070, targetPort: 7070 }] } });
  put('v1/pods/osm-system', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'osm-prometheus', namespace: 'osm-system', labels: { app: 'osm-prometheus' } }, spec: {}, status: { phase: 'Running' } });
  api.ports.set('osm-system/osm-prometheus:7070', Number(new URL(prometheus.url).port));
  await writeFile(join(folder, 'kubeconfig'), JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'it', contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }], clusters: [{ name: 'it', cluster: { server: api.url } }], users: [{ name: 'it', user: {} }] }));
  await writeFile(join(folder, 'own.yaml'), `
extends: osm
detect: null
preflight: null
install:
  parts: { mesh: { helm: { repository: null, chart: null, pins: null, path: ${helm.chart} } } }
  ready: { deployments: [], webhooks: null, definitions: null, timeoutMs: 5000 }
  leaves: null
`);
});
afterEach(async () => {
  process.env['PATH'] = programs;
  await Promise.all([prometheus.close(), api.close(), helm.remove(), rm(folder, { recursive: true })]);
});

test('a Prometheus that is asked for comes with the mesh, metrics are read there, and it goes with the mesh', async () => {
  const raw: RawInputs = { cluster: 'existing', kubeconfig: 'kubeconfig', mesh_definition: 'own.yaml', prometheus: 'install' };
  const request = toRequest(raw, { label: (name) => name, directory: folder, home: folder, confined: true, kubeconfig: undefined });
  const { definition, known, prometheus: wish } = await chooseMesh(request, assets);
  expect(wish).toEqual({ where: 'osm-system/osm-prometheus:7070', installed: true });
  const signal = new AbortController().signal;
  const environment: Environment = { sinks: [], signal, stateDirectory: join(folder, 'state'), assets };
  const ground: Ground = await layGround({ request, definition, known, id: 'abc123', environment, recorder: createRecorder([]) });
  try {
    expect(await helm.values()).toMatchObject({ osm: { enablePermissiveTrafficPolicy: false, deployPrometheus: true } });
    const connected = await survey(ground.cluster, definition, known, { signal, ...(wish && { prometheus: wish }) });
    expect(connected.metrics.name).toBe('Prometheus of the Service osm-system/osm-prometheus');
    expect(connected.offered['traffic-metrics']?.kinds).toEqual(['namespaces', 'pods', 'deployments']);
    expect(connected.definition.enrolment.namespace.annotations).toMatchObject({ 'openservicemesh.io/metrics': 'enabled' });
    expect(prometheus.queries).toEqual(['vector(1)']);
    expect(await ground.clear()).toEqual([]);
    expect(await helm.releases()).toEqual({});
  } finally {
    await ground.cluster.close();
    ground.journal?.close();
  }
});

test('of a mesh that brings none nothing is asked of any cluster', async () => {
  const request = toRequest({ service_mesh: 'linkerd', cluster: 'existing', kubeconfig: 'kubeconfig', prometheus: 'install' }, { label: (name) => name, directory: folder, home: folder, confined: true, kubeconfig: undefined });
  await expect(chooseMesh(request, assets)).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('of the known meshes, osm does') });
  expect(api.seen).toEqual([]);
});
