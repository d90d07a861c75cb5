import { describe, expect, test } from '@jest/globals';
import { findMesh, requireRunnable } from '../../src/mesh/index.ts';
import type { ConformanceError } from '../../src/model/errors.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import { definition } from './samples.ts';

const definitions = [
  definition({ id: 'osm', name: 'Open Service Mesh', aliases: ['osm-mesh'] }), definition({ id: 'linkerd', name: 'Linkerd', aliases: ['linkerd2'] }), definition({ id: 'network-service-mesh', name: 'Network Service Mesh', aliases: ['nsm'] }),
];

function thrownBy(act: () => unknown): { code?: string; message?: string; isBadInput?: boolean } {
  try {
    act();
  } catch (error) {
    const { code, message, isBadInput } = error as ConformanceError;
    return { code, message, isBadInput };
  }
  return {};
}

describe('a mesh by name', () => {
  test.each([
    ['osm', 'osm'], ['OSM', 'osm'], [' osm ', 'osm'], ['open_service_mesh', 'osm'], ['Open-Service mesh', 'osm'], ['OSM__mesh', 'osm'], ['Linkerd2', 'linkerd'], ['NSM', 'network-service-mesh'],
  ])('%p is %s', (name, id) => {
    expect(findMesh(name, definitions).id).toBe(id);
  });

  test.each([
    ['linkred', 'Did you mean linkerd or linkerd2?'], ['oms', 'Did you mean osm?'], ['open service mess', 'Did you mean open-service-mesh?'], ['kubernetes', '"kubernetes". Known are osm, linkerd, network-service-mesh.'], ['', '"". Known are'],
  ])('%p is none: the nearest, and all', (name, message) => {
    expect(thrownBy(() => findMesh(name, definitions))).toEqual({ code: 'UNKNOWN_MESH', isBadInput: true, message: expect.stringContaining(message) });
  });
});

describe('what may be run', () => {
  const status = (value: MeshDefinition['status'], id = 'sample'): MeshDefinition => definition({ id, status: value, reason: 'It never had any.' });
  const installable = (value: MeshDefinition['status']): MeshDefinition => ({ ...status(value), install: { namespace: 'mesh', versions: [{ version: '1.0.0' }], parts: {}, ready: {} } });
  const refusal = (mesh: MeshDefinition, meshDeployed: boolean, embedded = false) => thrownBy(() => requireRunnable(mesh, { meshDeployed, embedded }));

  test.each([
    ['a supported mesh that is deployed', status('supported'), true, false],
    ['a mesh without SMI that is deployed', status('no-smi'), true, false],
    ['a discontinued mesh that is deployed', status('discontinued'), true, false],
    ['a mesh that can be installed', installable('supported'), false, false],
    ['a mesh without SMI that can be installed', installable('no-smi'), false, false],
    ['no mesh at all', status('supported', 'none'), false, false],
    ['no mesh at all, said to be deployed', status('supported', 'none'), true, false],
    ['the reference mesh, embedded', status('reference'), false, true],
    ['the reference mesh, embedded and said to be deployed', status('reference'), true, true],
  ])('%s: yes', (_what, mesh, meshDeployed, embedded) => {
    expect(refusal(mesh, meshDeployed, embedded)).toEqual({});
  });

  test.each([
    ['a mesh that nobody knows how to install', status('supported'), false, false, 'NOT_SUPPORTED', 'set mesh_deployed to true'],
    ['a discontinued mesh that could be installed', installable('discontinued'), false, false, 'NO_SMI', 'It never had any.'],
    ['a mesh without SMI', status('no-smi'), false, false, 'NO_SMI', 'It never had any.'],
    ['a discontinued mesh', status('discontinued'), false, false, 'NO_SMI', 'It never had any.'],
    ['another mesh, embedded', status('supported'), true, true, 'BAD_INPUT', 'set service_mesh to reference'],
    ['no mesh at all, embedded', status('supported', 'none'), false, true, 'BAD_INPUT', 'set service_mesh to reference'],
    ['the reference mesh on a real cluster', status('reference'), true, false, 'BAD_INPUT', 'set cluster to embedded'],
  ])('%s: no', (_what, mesh, meshDeployed, embedded, code, message) => {
    expect(refusal(mesh, meshDeployed, embedded)).toEqual({ code, isBadInput: true, message: expect.stringContaining(message) });
  });
});
