import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { findMesh, lintDefinitions, loadDefinitions } from '../../src/mesh/index.ts';
import type { Claim, MeshDefinition } from '../../src/model/mesh.ts';
import { smiKinds, specificationOf, specifications, versions, type Specification } from '../../src/model/specification.ts';
import { kindVersions } from '../../src/smi/index.ts';
import { meshesFolder } from './samples.ts';

let definitions: MeshDefinition[] = [];
beforeAll(async () => {
  definitions = await loadDefinitions(meshesFolder);
});

test('every file of the folder is a sound definition', async () => {
  const files = (await readdir(meshesFolder)).filter((name) => name.endsWith('.yaml'));
  expect(definitions.map(({ id }) => `${id}.yaml`)).toEqual(files.toSorted());
  expect(await lintDefinitions(meshesFolder)).toEqual([]);
});

test.each([
  ['osm', 'osm'], ['open_service_mesh', 'osm'], ['Open Service Mesh', 'osm'], ['traefik_mesh', 'traefik-mesh'], ['traefik-mesh', 'traefik-mesh'], ['maesh', 'traefik-mesh'], ['linkerd', 'linkerd'],
  ['linkerd2', 'linkerd'], ['istio', 'istio'], ['consul', 'consul'], ['consul_connect', 'consul'], ['kuma', 'kuma'], ['kong_mesh', 'kuma'], ['nsm', 'network-service-mesh'], ['network_service_mesh', 'network-service-mesh'],
  ['nginx_service_mesh', 'nginx-service-mesh'], ['nginx_sm', 'nginx-service-mesh'], ['app_mesh', 'app-mesh'], ['AppMesh', 'app-mesh'], ['aws_app_mesh', 'app-mesh'], ['octarine', 'octarine'], ['cpx', 'citrix'],
  ['citrix_service_mesh', 'citrix'], ['tanzu', 'tanzu'], ['TANZU_SERVICE_MESH', 'tanzu'], ['cilium_service_mesh', 'cilium-service-mesh'], ['fsm', 'fsm'], ['flomesh_service_mesh', 'fsm'], ['reference', 'reference'], ['none', 'none'], ['no mesh', 'none'],
])('%s is %s', (name, id) => {
  expect(findMesh(name, definitions).id).toBe(id);
});

test('what the makers claim, by specification: versions and kinds', () => {
  const short = (claim: Claim | undefined): string => (claim === undefined ? '-' : `${claim.versions.map((version) => version.at(-1)).join('')} ${claim.kinds.join(' ')}`.trim());
  const claimed = definitions.filter(({ claims }) => Object.keys(claims).length > 0);
  expect(Object.fromEntries(claimed.map(({ id, claims }) => [id, claims === 'served' ? claims : specifications.map((specification) => short(claims[specification])).join(' | ')]))).toEqual({
    fsm: '3 TrafficTarget | 4 HTTPRouteGroup TCPRoute | 24 TrafficSplit | -',
    'istio-smi-adapter': '1 TrafficTarget | 1 HTTPRouteGroup | 2 TrafficSplit | -',
    linkerd: '- | - | 12 TrafficSplit | -',
    'nginx-service-mesh': '2 TrafficTarget | 3 HTTPRouteGroup TCPRoute | 3 TrafficSplit | 1',
    none: 'served',
    osm: '3 TrafficTarget | 4 HTTPRouteGroup TCPRoute | 2 TrafficSplit | -',
    reference: 'served',
    'traefik-mesh': '2 TrafficTarget | 3 HTTPRouteGroup TCPRoute | 3 TrafficSplit | -',
  });
  expect(claimed.filter(({ status }) => status !== 'supported').map(({ id }) => id)).toEqual(['reference']);
});

test('kinds are claimed in versions that have them', () => {
  const claims = definitions.flatMap(({ id, claims: all }) => (all === 'served' ? [] : Object.entries(all).map(([specification, claim]) => ({ id, specification, claim }))));
  expect(claims.length).toBeGreaterThan(10);
  expect(claims.filter(({ claim }) => claim.kinds.some((kind) => !claim.versions.some((version) => kindVersions[kind].includes(version))))).toEqual([]);
});

test('a mesh that can be tested is told from every other by its pods', () => {
  const tested = definitions.filter(({ status, id }) => (status === 'supported' && id !== 'none') || status === 'reference');
  const labels = tested.map(({ detect }) => JSON.stringify(detect?.labels));
  expect(new Set(labels).size).toBe(tested.length);
  expect(tested.filter(({ detect }) => detect?.versionLabel === undefined && detect?.container === undefined).map(({ id }) => id)).toEqual([]);
});

describe('what can be installed', () => {
  const installs = (): [string, NonNullable<MeshDefinition['install']>][] => definitions.flatMap(({ id, install }) => (install === undefined ? [] : [[id, install]]));

  test('is each mesh that can still be had, by pinned versions', () => {
    expect(Object.fromEntries(installs().map(([id, { versions: known }]) => [id, known.map(({ version }) => version).join(' ')]))).toEqual({
      consul: '1.9.11', fsm: '1.5.1', istio: '1.30.3', linkerd: 'stable-2.14.10', 'nginx-service-mesh': '2.0.0', osm: '1.2.4 1.2.3', 'traefik-mesh': 'v1.4.8',
    });
  });

  test('is waited for by a workload, and by every definition that it claims', () => {
    const plurals: Record<string, string> = { TrafficTarget: 'traffictargets.access', HTTPRouteGroup: 'httproutegroups.specs', TCPRoute: 'tcproutes.specs', TrafficSplit: 'trafficsplits.split' };
    for (const { id, claims, install } of definitions.filter((one) => one.install !== undefined)) {
      const ready = install?.ready ?? {};
      expect([id, [ready.deployments, ready.daemonSets, ready.statefulSets].flat().some((name) => name !== undefined)]).toEqual([id, true]);
      const kinds = Object.values(claims === 'served' ? {} : claims).flatMap((claim) => claim.kinds);
      expect([id, kinds.map((kind) => `${plurals[kind]}.smi-spec.io`).filter((name) => ready.definitions?.includes(name) !== true)]).toEqual([id, []]);
    }
  });

  test('enforces where its makers’ default does not', () => {
    const valuesOf = (id: string) => Object.fromEntries(installs())[id]?.parts['mesh'] as { helm: { values: unknown } };
    expect(valuesOf('osm').helm.values).toMatchObject({ osm: { enablePermissiveTrafficPolicy: false } });
    expect(valuesOf('fsm').helm.values).toMatchObject({ fsm: { enablePermissiveTrafficPolicy: false } });
    expect(valuesOf('traefik-mesh').helm.values).toMatchObject({ acl: true });
    expect(valuesOf('nginx-service-mesh').helm.values).toMatchObject({ accessControlMode: 'deny' });
  });

  test('brings Prometheus by values of its charts, where it has queries for it', () => {
    const able = definitions.flatMap(({ id, metrics, install }) => (metrics?.prometheus.install === undefined ? [] : [{ id, install, brought: metrics.prometheus.install }]));
    expect(able.map(({ id }) => id)).toEqual(['osm']);
    for (const { install, brought } of able) {
      expect(Object.keys(brought.values).filter((part) => !('helm' in (install?.parts[part] ?? {})))).toEqual([]);
      expect(brought.service.split('/')[0]).toBe(install?.namespace);
    }
  });

  test('names the source of each address, checksum and version in a comment above it', async () => {
    for (const [id] of installs()) {
      const text = await readFile(`${meshesFolder}/${id}.yaml`, 'utf8');
      const lines = text.slice(text.indexOf('\ninstall:')).split('\n');
      const bare = lines.filter((line, index) => /^\s*(repository|url|pins|- \{ version|- version):?/.test(line) && !lines.slice(Math.max(0, index - 12), index).some((before) => before.includes('#')));
      expect([id, bare]).toEqual([id, []]);
      const origin = (key: RegExp): boolean => lines.some((line, index) => key.test(line) && lines.slice(Math.max(0, index - 3), index).some((before) => /#.*(\/|\.hcl|[Rr]epository)/.test(before)));
      expect([id, origin(/^\s*(repository|url):/)]).toEqual([id, true]);
    }
  });

  test('whose makers name Kubernetes versions that are no longer booted by default has one that is booted for it', () => {
    expect(definitions.filter(({ install }) => install?.versions[0]?.kubernetes?.to !== undefined).map(({ id, install }) => [id, install?.versions[0]?.kubernetes?.default])).toEqual([['linkerd', '1.28']]);
  });
});

test('the reference mesh and no mesh at all', () => {
  expect(findMesh('reference', definitions)).toMatchObject({
    status: 'reference', claims: 'served', host: '{service}.{namespace}.svc.cluster.local', detect: { labels: { app: 'smi-reference-mesh' }, versionLabel: 'app.kubernetes.io/version' },
    enrolment: { namespace: { labels: { 'smi-conformance/reference-mesh': 'enrolled' } }, sidecar: 'smi-proxy' },
  });
  const none = findMesh('none', definitions);
  expect(none).toMatchObject({ name: 'No mesh', claims: 'served', enrolment: { namespace: {}, pod: {} } });
  expect([none.detect, none.enrolment.sidecar]).toEqual([undefined, undefined]);
});

describe('the schema', () => {
  interface Schema {
    description?: string;
    enum?: string[];
    additionalProperties?: unknown;
    properties?: Record<string, Schema>;
    definitions?: Record<string, Schema>;
    anyOf?: Schema[];
    items?: Schema;
  }
  let schema: Schema = {};
  let assertions: Schema = {};
  beforeAll(async () => {
    const read = async (path: string): Promise<Schema> => JSON.parse(await readFile(`${meshesFolder}/${path}`, 'utf8')) as Schema;
    [schema, assertions] = await Promise.all([read('schema/mesh.schema.json'), read('../assertions/schema/assertion.schema.json')]);
  });
  /** Every schema inside of one, with its path. */
  function all(root: unknown, path = ''): [string, Schema][] {
    if (typeof root !== 'object' || root === null) return [];
    return [[path, root as Schema], ...Object.entries(root).flatMap(([key, value]) => all(value, `${path}/${key}`))];
  }

  test('has the fields of the model, and no others', () => {
    // The compiler holds these records to the model's interfaces: a field more or less does not compile.
    const fields: Record<keyof MeshDefinition, true> = {
      id: true, name: true, aliases: true, provider: true, status: true, reason: true, detect: true, enrolment: true, host: true, serviceAnnotations: true, protocolPerService: true, servicePorts: true, claims: true, preflight: true, metrics: true, appProtocols: true, trustDomain: true, install: true,
    };
    const detect: Record<keyof NonNullable<MeshDefinition['detect']>, true> = { labels: true, versionLabel: true, container: true };
    const enrolment: Record<keyof MeshDefinition['enrolment'], true> = { namespace: true, pod: true, sidecar: true };
    const preflight: Record<keyof NonNullable<MeshDefinition['preflight']>[number], true> = { object: true, field: true, when: true, warning: true };
    const keys = (of: Schema | undefined): string[] => Object.keys(of?.properties ?? {}).toSorted();
    // `extends` is gone when a definition is whole.
    expect(keys(schema)).toEqual([...Object.keys(fields), 'extends'].toSorted());
    expect(keys(schema.properties?.['detect'])).toEqual(Object.keys(detect).toSorted());
    expect(keys(schema.properties?.['enrolment'])).toEqual(Object.keys(enrolment).toSorted());
    expect(keys(schema.properties?.['preflight']?.items)).toEqual(Object.keys(preflight).toSorted());
  });

  test('knows the specifications, versions, kinds and parts that the project knows', () => {
    expect(Object.keys(schema.properties?.['claims']?.anyOf?.[1]?.properties ?? {})).toEqual([...specifications]);
    const definitionsOf = schema.definitions ?? {};
    const kindsOf = (name: string): string[] => definitionsOf[name]?.properties?.['kinds']?.items?.enum ?? [];
    const named: [string, Specification][] = [['accessClaim', 'traffic-access'], ['specsClaim', 'traffic-specs'], ['splitClaim', 'traffic-split']];
    for (const [name, specification] of named) expect(kindsOf(name)).toEqual(smiKinds.filter((kind) => specificationOf[kind] === specification));
    expect(definitionsOf['versions']?.items?.enum).toEqual([...versions]);
    const parts = named.flatMap(([name]) => definitionsOf[name]?.properties?.['without']?.items?.enum ?? []);
    // What a mesh measures is found by asking it: nothing of that is claimed.
    expect(parts).toEqual(assertions.definitions?.['feature']?.enum?.filter((feature) => !feature.startsWith('TrafficMetrics.')));
  });

  test('describes every property, and lets none in that it does not know', () => {
    const inner = all(schema);
    const properties = inner.flatMap(([path, { properties: own }]) => Object.entries(own ?? {}).map(([key, property]) => [`${path}/${key}`, property] as const)).filter(([path]) => !path.startsWith('/if/'));
    expect(properties.length).toBeGreaterThan(40);
    expect(properties.filter(([, { description = '' }]) => !description.endsWith('.')).map(([path]) => path)).toEqual([]);
    expect(inner.filter(([path, one]) => path !== '/if' && one.properties !== undefined && typeof one.properties === 'object' && !path.endsWith('/properties') && one.additionalProperties !== false).map(([path]) => path)).toEqual([]);
  });
});
