import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import type { KubeObject } from '../../src/cluster/port.ts';
import type { SmiKind, Version } from '../../src/model/specification.ts';
import { textDialect, type Dialect, type PlacedResource } from '../../src/smi/index.ts';

/** One golden file: the resource in its newest form, the version and the dialect in which the file has it. */
export interface GoldenCase {
  file: string;
  resource: PlacedResource;
  version: Version;
  dialect: Dialect;
}

const place = { name: 'golden', namespace: 'golden' };

const target = {
  ...place,
  kind: 'TrafficTarget',
  spec: {
    destination: { kind: 'ServiceAccount', name: 'srv' },
    sources: [
      { kind: 'ServiceAccount', name: 'alice' },
      { kind: 'ServiceAccount', name: 'alice', namespace: 'elsewhere' },
    ],
    rules: [
      { kind: 'HTTPRouteGroup', name: 'routes', matches: ['read', 'write'] },
      { kind: 'TCPRoute', name: 'ports' },
    ],
  },
} satisfies PlacedResource;
const binding = {
  ...place,
  kind: 'IdentityBinding',
  spec: { schemes: { serviceAccount: 'alice', spiffeIdentities: ['spiffe://cluster.local/ns/golden/sa/bob'] } },
} satisfies PlacedResource;
const read = { name: 'read', pathRegex: '/api/.*', methods: ['GET', 'HEAD'] };
const plainGroup = {
  ...place,
  kind: 'HTTPRouteGroup',
  spec: { matches: [read, { name: 'any-method', pathRegex: '/open' }, { name: 'any-path', methods: ['POST'] }] },
} satisfies PlacedResource;
const group = {
  ...place,
  kind: 'HTTPRouteGroup',
  spec: { matches: [read, { name: 'firefox', headers: { 'user-agent': '.*Firefox.*', cookie: '.*session.*' } }] },
} satisfies PlacedResource;
const everyPort = { ...place, kind: 'TCPRoute', spec: { matches: { ports: [] } } } satisfies PlacedResource;
const ports = { ...place, kind: 'TCPRoute', spec: { matches: { ports: [7070, 7072] } } } satisfies PlacedResource;
const datagrams = { ...place, kind: 'UDPRoute', spec: { matches: { ports: [5353] } } } satisfies PlacedResource;
const backends = [
  { service: 'web-v1', weight: 75 },
  { service: 'web-v2', weight: 25 },
  { service: 'web-v3', weight: 0 },
];
const split = { ...place, kind: 'TrafficSplit', spec: { service: 'web', backends } } satisfies PlacedResource;
const quantities = { ...split, spec: { service: 'web', backends: [{ service: 'web-v1', weight: '1' }, { service: 'web-v2', weight: '500m' }, { service: 'web-v3', weight: 0 }] } } satisfies PlacedResource;
const filteredSplit = { ...place, kind: 'TrafficSplit', spec: { service: 'web', matches: [{ kind: 'HTTPRouteGroup', name: 'firefox' }], backends } } satisfies PlacedResource;

function cases(resource: PlacedResource, versions: Version[], dialectName = 'any', dialect: Partial<Dialect> = {}): GoldenCase[] {
  return versions.map((version) => ({ file: `${resource.kind.toLowerCase()}-${version}-${dialectName}.yaml`, resource, version, dialect: { ...textDialect, ...dialect } }));
}

export const goldenCases: GoldenCase[] = [
  ...cases(target, ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4']),
  ...cases(binding, ['v1alpha4']),
  ...cases(plainGroup, ['v1alpha1']),
  ...cases(group, ['v1alpha2', 'v1alpha3', 'v1alpha4'], 'map', { headers: 'map' }),
  ...cases(group, ['v1alpha2', 'v1alpha3', 'v1alpha4'], 'list', { headers: 'list' }),
  ...cases(everyPort, ['v1alpha1', 'v1alpha2', 'v1alpha3']),
  ...cases(ports, ['v1alpha4']),
  ...cases(datagrams, ['v1alpha4']),
  ...cases(split, ['v1alpha1'], 'number', { weights: 'number' }),
  ...cases(split, ['v1alpha1'], 'string', { weights: 'string' }),
  ...cases(split, ['v1alpha2']),
  ...cases(quantities, ['v1alpha1', 'v1alpha2', 'v1alpha4'], 'quantity'),
  ...cases(filteredSplit, ['v1alpha3', 'v1alpha4']),
];

export const goldenFolder = new URL('golden/', import.meta.url);

/** The object that a golden file holds. */
export async function golden(file: string): Promise<KubeObject & { kind: SmiKind }> {
  return load(await readFile(new URL(file, goldenFolder), 'utf8')) as KubeObject & { kind: SmiKind };
}
