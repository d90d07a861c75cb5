import { describe, expect, test } from '@jest/globals';
import type { KubeObject } from '../../src/cluster/port.ts';
import { findMesh, loadDefinitions, warningsOf } from '../../src/mesh/index.ts';
import type { Preflight } from '../../src/model/mesh.ts';
import { cluster, definition, meshesFolder } from './samples.ts';

const object: Preflight['object'] = { apiVersion: 'config.test/v1', kind: 'MeshConfig', name: 'config' };
const config = (spec: object, more: object = {}): KubeObject => ({ apiVersion: 'config.test/v1', kind: 'MeshConfig', metadata: { name: 'config', namespace: 'anywhere', ...more }, spec });
const mesh = (check: Partial<Preflight>) => definition({ preflight: [{ object, when: 'absent', warning: 'look out', ...check }] });

describe('a setting', () => {
  const open = { field: '/spec/open', when: { equals: true } } as const;
  const acl = { field: '/spec/args', when: { lacks: '--acl' } } as const;
  test.each<[string, Partial<Preflight>, KubeObject[], boolean]>([
    ['that has the value', open, [config({ open: true })], true],
    ['that has another', open, [config({ open: false })], false],
    ['that has one that only looks like it', open, [config({ open: 'true' })], false],
    ['that is not there', open, [config({})], false],
    ['of an object that is not there', open, [], false],
    ['of an object of another name', open, [config({ open: true }, { name: 'other' })], false],
    ['in a list, that is there', acl, [config({ args: ['--v', '--acl'] })], false],
    ['in a list, that is missing', acl, [config({ args: ['--v'] })], true],
    ['in a list that is missing', acl, [config({})], true],
    ['in a list of an object that is not there', acl, [], false],
    ['behind an index', { field: '/spec/list/1/a~1b', when: { equals: 7 } }, [config({ list: [{}, { 'a/b': 7 }] })], true],
    ['behind a value that has no fields', { field: '/spec/open/deeper', when: { equals: true } }, [config({ open: null })], false],
    ['behind a text', { field: '/spec/open/0', when: { equals: 'o' } }, [config({ open: 'on' })], false],
    ['that nothing has of its own', { field: '/spec/toString', when: 'absent' }, [config({})], true],
    ['that must be there, and is', { field: '/spec/open', when: 'absent' }, [config({ open: false })], false],
    ['that must be there, and is not', { field: '/spec/open', when: 'absent' }, [config({})], true],
    ['an object that is there', {}, [config({})], false],
    ['an object that is not there', {}, [], true],
    ['an object in its namespace', { object: { ...object, namespace: 'anywhere' } }, [config({})], false],
    ['an object in another namespace', { object: { ...object, namespace: 'elsewhere' } }, [config({})], true],
  ])('%s: warned %#', async (_what, check, objects, warned) => {
    expect(await warningsOf(cluster(objects), mesh(check))).toEqual(warned ? ['look out'] : []);
  });
});

test('a type that the server does not know has no objects', async () => {
  expect(await warningsOf(cluster([], { unknown: ['MeshConfig'] }), mesh({}))).toEqual(['look out']);
});

test('what may not be read is said, and does not end the run', async () => {
  expect(await warningsOf(cluster([], { forbidden: ['MeshConfig'] }), mesh({}))).toEqual([
    'A setting of Sample Mesh could not be looked at, since the account may not read MeshConfig config. If this is so, it counts: look out',
  ]);
});

test('a lost cluster ends it', async () => {
  await expect(warningsOf(cluster([], { lost: true }), mesh({}))).rejects.toThrow('the connection broke');
});

test('a mesh without any asks nothing', async () => {
  const bare = cluster([]);
  expect(await warningsOf(bare, definition())).toEqual([]);
  expect(bare.asked).toEqual([]);
});

describe('the settings of real meshes', () => {
  const deployment = (name: string, args: string[]): KubeObject => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'any' }, spec: { template: { spec: { containers: [{ name, args }] } } } });
  const osm = (enablePermissiveTrafficPolicyMode: boolean): KubeObject => ({ apiVersion: 'config.openservicemesh.io/v1alpha2', kind: 'MeshConfig', metadata: { name: 'osm-mesh-config', namespace: 'osm-system' }, spec: { traffic: { enablePermissiveTrafficPolicyMode } } });
  const nginx = (accessControlMode: string): KubeObject => ({ apiVersion: 'nsm.nginx.com/v1alpha2', kind: 'MeshConfig', metadata: { name: 'nginx-mesh-config' }, spec: { accessControlMode } });
  test.each<[string, KubeObject[], string | undefined]>([
    ['osm', [osm(false)], undefined],
    ['osm', [osm(true)], 'Permissive traffic policy mode is on'],
    ['osm', [], 'osm-mesh-config is not there'],
    ['traefik-mesh', [deployment('traefik-mesh-controller', ['--acl', '--limitHTTPPort=10'])], undefined],
    ['traefik-mesh', [deployment('traefik-mesh-controller', ['--limitHTTPPort=10'])], 'ACL mode is off'],
    ['linkerd', [deployment('smi-adaptor', [])], undefined],
    ['linkerd', [deployment('web', [])], 'The SMI extension of Linkerd'],
    ['nginx-service-mesh', [nginx('deny')], undefined],
    ['nginx-service-mesh', [nginx('allow')], 'The access control mode is allow'],
  ])('%s %#', async (id, objects, warning) => {
    const warnings = await warningsOf(cluster(objects), findMesh(id, await loadDefinitions(meshesFolder)));
    expect(warnings).toEqual(warning === undefined ? [] : [expect.stringContaining(warning)]);
  });
});
