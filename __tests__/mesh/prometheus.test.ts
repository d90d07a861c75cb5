import { join } from 'node:path';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadDefinition, loadDefinitions, withPrometheus } from '../../src/mesh/index.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import { definition, meshesFolder } from './samples.ts';

let known: MeshDefinition[];
beforeAll(async () => {
  known = await loadDefinitions(meshesFolder);
});
const mesh = (id: string): MeshDefinition => known.find((one) => one.id === id) as MeshDefinition;

async function load(text: string): Promise<MeshDefinition> {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  try {
    await writeFile(join(folder, 'own.yaml'), text);
    return await loadDefinition(join(folder, 'own.yaml'), known);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('a mesh with its own Prometheus', () => {
  test('has its chart set it up, waits for it beside the mesh, and says where it answers', () => {
    const { definition: both, service } = withPrometheus(mesh('osm'), known);
    expect(service).toBe('osm-system/osm-prometheus:7070');
    expect(both.install?.parts['mesh']).toMatchObject({ helm: { release: 'osm', values: { osm: { enablePermissiveTrafficPolicy: false, enableEgress: false, deployPrometheus: true, featureFlags: { enableWASMStats: true } } } } });
    expect(both.install?.ready).toMatchObject({ deployments: ['osm-bootstrap', 'osm-controller', 'osm-injector', 'osm-prometheus'], webhooks: mesh('osm').install?.ready.webhooks });
    expect({ ...both, install: null }).toEqual({ ...mesh('osm'), install: null });
    expect(mesh('osm').install?.parts['mesh']).not.toHaveProperty('helm.values.osm.deployPrometheus');
  });

  test('has what a user changes of its chart, of Prometheus as well', async () => {
    const own = await load('extends: osm\ninstall: { parts: { mesh: { helm: { values: { osm: { prometheus: { image: "registry.example/prometheus:1" } } } } } } }\nmetrics: { prometheus: { install: { service: osm-system/mine:9090, ready: { statefulSets: [mine] } } } }');
    const { definition: both, service } = withPrometheus(own, known);
    expect(both.install?.parts['mesh']).toMatchObject({ helm: { values: { osm: { deployPrometheus: true, prometheus: { image: 'registry.example/prometheus:1', resources: { requests: { cpu: '0.1' } } } } } } });
    expect([service, both.install?.ready.statefulSets]).toEqual(['osm-system/mine:9090', ['mine']]);
  });

  test.each(['mine', 'osm-system/mine', 'osm-system/mine:web', 'http://mine:9090', 'osm-system/mine:0'])('cannot answer at %s', async (service) => {
    await expect(load(`extends: osm\nmetrics: { prometheus: { install: { service: "${service}" } } }`)).rejects.toMatchObject({ code: 'BAD_DEFINITION', message: expect.stringContaining('/metrics/prometheus/install/service') });
  });
});

describe('a mesh without one of its own', () => {
  test.each([
    ['linkerd', 'comes with Linkerd; of the known meshes, osm does: leave it out, and name one that is there by prometheus_url, or say in a definition of your own'],
    // A Prometheus that is there is of no use without queries.
    ['traefik-mesh', 'comes with Traefik Mesh; of the known meshes, osm does: leave it out, or say in a definition of your own how it is set up (metrics.prometheus.install)'],
    ['none', 'comes with No mesh; of the known meshes, osm does'],
  ])('is refused, with those that have one: %s', (id, message) => {
    expect(() => withPrometheus(mesh(id), known)).toThrow(expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(message) }));
  });

  test('is refused where nobody has one', () => {
    expect(() => withPrometheus(definition(), [])).toThrow('comes with Sample Mesh; no known mesh does: leave it out');
  });

  test('that would come by a part that is no chart is a mistake in the definition', async () => {
    const byManifests = await load('extends: osm\ninstall: { parts: { mesh: { helm: null, manifests: { files: [{ path: all.yaml }] } } } }');
    const misnamed = await load('extends: osm\nmetrics: { prometheus: { install: { values: { mehs: { a: 1 } } } } }');
    expect(() => withPrometheus(byManifests, known)).toThrow(expect.objectContaining({ code: 'BAD_DEFINITION', message: expect.stringContaining('has values for mesh (metrics.prometheus.install.values), and no part of its install by that name is a chart') }));
    expect(() => withPrometheus(misnamed, known)).toThrow('has values for mehs');
  });
});
