import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lintDefinitions, loadDefinition, loadDefinitions } from '../../src/mesh/index.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import { meshesFolder } from './samples.ts';

let known: MeshDefinition[];
let folder = '';
let file = '';
beforeAll(async () => {
  known = await loadDefinitions(meshesFolder);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extend-'));
  file = join(folder, 'own.yaml');
});
afterEach(() => rm(folder, { recursive: true }));

async function load(text: string): Promise<MeshDefinition> {
  await writeFile(file, text);
  return loadDefinition(file, known);
}
const osm = (): MeshDefinition => known.find(({ id }) => id === 'osm') as MeshDefinition;

describe('a definition that extends another', () => {
  test('is that one where it says nothing, by id, alias or display name', async () => {
    expect(await load('extends: osm')).toEqual(osm());
    expect(await load('extends: Open Service Mesh')).toEqual(osm());
    expect(await lintDefinitions(file, known)).toEqual([]);
  });

  test('merges maps, replaces lists and values, and takes away by null', async () => {
    const own = await load(`
extends: osm
id: my-osm
preflight: null
aliases: [mine]
install:
  versions: [{ version: 1.3.0 }]
  parts:
    mesh: { helm: { values: { osm: { enableEgress: null, featureFlags: { enableWASMStats: false } } } } }
`);
    expect(own).toMatchObject({ id: 'my-osm', name: 'Open Service Mesh', aliases: ['mine'], enrolment: osm().enrolment, install: { namespace: 'osm-system', versions: [{ version: '1.3.0' }], ready: osm().install?.ready } });
    expect(own.preflight).toBeUndefined();
    expect(own.install?.parts['mesh']).toHaveProperty('helm.values', { osm: { enablePermissiveTrafficPolicy: false, injector: { resource: { limits: { cpu: '2', memory: '512M' } } }, featureFlags: { enableWASMStats: false } } });
    expect(known.find(({ id }) => id === 'osm')).toMatchObject({ aliases: ['osm-mesh'], install: { versions: [{ version: '1.2.4' }, { version: '1.2.3' }] } });
  });

  test('can be installed in another way', async () => {
    const own = await load('extends: osm\ninstall: { parts: { mesh: { helm: null, manifests: { files: [{ path: all.yaml }] } } } }');
    expect(own.install?.parts).toEqual({ mesh: { manifests: { files: [{ path: join(folder, 'all.yaml') }] } } });
  });

  test.each<[string, string, string]>([
    ['a mesh that is not known', 'name: Own\nextends: osn\n', ':2:10 /extends: there is no mesh "osn". Did you mean osm?'],
    ['two ways of installing', 'extends: osm\ninstall:\n  parts:\n    mesh:\n      manifests: { files: [{ path: a.yaml }] }\n', '/install/parts/mesh'],
    ['an unknown field', 'extends: osm\ninstall:\n  part: {}\n', ':3:3 /install: unknown field "part"'],
    ['a part that was never whole', 'extends: osm\ninstall: { parts: { more: { helm: { release: more } } } }\n', '/install/parts/more/helm'],
    ['a version that YAML reads as a number', 'extends: osm\ninstall: { versions: [{ version: 1.10 }] }\n', '/install/versions/0/version: must be a text, and is 1.1'],
    ['an address without TLS', 'extends: osm\ninstall: { parts: { mesh: { helm: { repository: "http://charts.example/osm" } } } }\n', '/install/parts/mesh/helm/repository: "http://charts.example/osm" must match'],
    ['a checksum that is none', `extends: osm\ninstall: { parts: { mesh: { helm: { pins: [{ sha256: ${'A'.repeat(64)} }] } } } }\n`, '/install/parts/mesh/helm/pins/0/sha256'],
    ['a manifest without a checksum', 'extends: osm\ninstall: { parts: { mesh: { helm: null, manifests: { files: [{ url: "https://a.example/b.yaml" }] } } } }\n', '/install/parts/mesh/manifests/files/0'],
    ['null where something must be', 'extends: osm\nhost: null\n', 'the field "host" is missing'],
  ])('with %s is refused with its place', async (_what, text, message) => {
    await expect(load(text)).rejects.toMatchObject({ code: 'BAD_DEFINITION', message: expect.stringContaining(message) });
    expect(await lintDefinitions(file, known)).not.toEqual([]);
  });

  test('is nothing for the folder of the known ones', async () => {
    await writeFile(file, 'extends: osm');
    await expect(loadDefinitions(folder)).rejects.toMatchObject({ code: 'BAD_DEFINITION', message: expect.stringContaining('/extends: there is no mesh "osm"') });
  });
});

test('paths are relative to the file that names them; those in values are the chart’s own business', async () => {
  await mkdir(join(folder, 'charts'));
  const own = await load(`
extends: linkerd
install:
  parts:
    control-plane: { cli: { program: { path: bin/linkerd } } }
    smi: { helm: { path: ../charts/smi, values: { path: etc/x } } }
    more: { manifests: { files: [{ path: /absolute.yaml }, { path: ./near.yaml }] } }
`);
  expect(own.install?.parts).toMatchObject({
    'control-plane': { cli: { program: { path: join(folder, 'bin/linkerd') } } },
    smi: { helm: { path: join(folder, '../charts/smi'), values: { path: 'etc/x' } } },
    more: { manifests: { files: [{ path: '/absolute.yaml' }, { path: join(folder, 'near.yaml') }] } },
  });
  expect(Object.keys(own.install?.parts ?? {})).toEqual(['control-plane', 'smi', 'more']);
});
