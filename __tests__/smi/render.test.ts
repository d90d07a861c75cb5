import { readdir } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import type { SmiKind, Version } from '../../src/model/specification.ts';
import { kindVersions, render, textDialect, type Dialect, type Rendering } from '../../src/smi/index.ts';
import { golden, goldenCases, goldenFolder } from './golden-cases.ts';

describe('each kind at each version is what its golden file says', () => {
  test.each(goldenCases)('$file', async ({ file, resource, version, dialect }) => {
    expect(render(resource, version, dialect)).toStrictEqual({ object: await golden(file) });
  });

  test('every kind has a golden file for every version, and no file is without a case', async () => {
    const wanted = Object.entries(kindVersions).flatMap(([kind, versions]) => versions.map((version) => `${kind.toLowerCase()}-${version}`));
    const files = await readdir(goldenFolder);
    expect([...new Set(files.map((file) => file.split('-').slice(0, 2).join('-')))].toSorted()).toEqual(wanted.toSorted());
    expect(goldenCases.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
  });

  test('what was given is neither changed nor shared', () => {
    const [first] = goldenCases;
    if (first === undefined) throw new TypeError('there are no cases');
    const before = structuredClone(first.resource);
    const rendering = render(first.resource, 'v1alpha3', textDialect);
    if ('cannot' in rendering) throw new TypeError(rendering.cannot);
    (rendering.object['spec'] as { rules: { matches: string[] }[] }).rules[0]?.matches.push('more');
    expect(first.resource).toStrictEqual(before);
  });
});

describe('what a version cannot express is said', () => {
  const subject = { kind: 'ServiceAccount', name: 'srv' };
  const target = (spec: Record<string, unknown>) => ({ destination: subject, sources: [subject], rules: [], ...spec });
  test.each<[string, SmiKind, Record<string, unknown>, Version[], string]>([
    ['a port of the destination', 'TrafficTarget', target({ destination: { ...subject, port: 8080 } }), ['v1alpha3', 'v1alpha4'], 'has no destination.port'],
    ['a source by IdentityBinding', 'TrafficTarget', target({ sources: [{ kind: 'IdentityBinding', name: 'a' }] }), ['v1alpha1', 'v1alpha2', 'v1alpha3'], 'came with v1alpha4'],
    ['a destination by IdentityBinding', 'TrafficTarget', target({ destination: { kind: 'IdentityBinding', name: 'a' } }), ['v1alpha1', 'v1alpha2', 'v1alpha3'], 'came with v1alpha4'],
    ['a rule of UDPRoute', 'TrafficTarget', target({ rules: [{ kind: 'UDPRoute', name: 'u' }] }), ['v1alpha1', 'v1alpha2'], 'cannot name a UDPRoute'],
    ['an IdentityBinding', 'IdentityBinding', {}, ['v1alpha1', 'v1alpha2', 'v1alpha3'], 'there is no IdentityBinding in access.smi-spec.io/'],
    ['a UDPRoute', 'UDPRoute', {}, ['v1alpha1', 'v1alpha2', 'v1alpha3'], 'there is no UDPRoute in specs.smi-spec.io/'],
    ['headers', 'HTTPRouteGroup', { matches: [{ name: 'm', headers: { a: 'b' } }] }, ['v1alpha1'], 'no header filters'],
    ['headers as a list', 'HTTPRouteGroup', { matches: [{ name: 'm', headers: [{ a: 'b' }] }] }, ['v1alpha1'], 'no header filters'],
    ['ports of a TCPRoute', 'TCPRoute', { matches: { ports: [7070] } }, ['v1alpha1', 'v1alpha2', 'v1alpha3'], 'has no ports'],
    ['matches of a split', 'TrafficSplit', { service: 'web', backends: [], matches: [{ kind: 'HTTPRouteGroup', name: 'm' }] }, ['v1alpha1', 'v1alpha2'], 'has no matches'],
  ])('%s', (_what, kind, spec, without, reason) => {
    const outcomes = kindVersionsAll.map((version) => [version, render({ kind, name: 'x', namespace: 'n', spec }, version, textDialect)] as const);
    for (const [version, rendering] of outcomes) {
      if (without.includes(version)) expect(rendering).toEqual({ cannot: expect.stringContaining(reason) });
      else expect(rendering).toHaveProperty('object.metadata', { name: 'x', namespace: 'n' });
    }
  });

  test('all ports, where the server of access v1alpha1 wants one', () => {
    const dialect: Dialect = { ...textDialect, destinationPort: 'required' };
    const at = (destination: unknown) => render({ kind: 'TrafficTarget', name: 'x', namespace: 'n', spec: target({ destination }) }, 'v1alpha1', dialect);
    expect(at(subject)).toEqual({ cannot: expect.stringContaining('requires destination.port') });
    expect(at({ ...subject, port: 8080 })).toHaveProperty('object.destination.port', 8080);
  });
});

describe('absent, null and malformed fields', () => {
  const at = (kind: SmiKind, spec: Record<string, unknown>, version: Version, dialect = textDialect): Rendering => render({ kind, name: 'x', namespace: 'n', spec }, version, dialect);
  test.each<[string, SmiKind, Record<string, unknown>, Version, Record<string, unknown>]>([
    ['a null namespace is left out', 'TrafficTarget', { destination: { kind: 'S', name: 'a', namespace: null } }, 'v1alpha3', { spec: { destination: { kind: 'S', name: 'a' } } }],
    ['an absent part stays absent', 'TrafficTarget', { destination: { kind: 'S', name: 'a' } }, 'v1alpha2', { spec: { destination: { kind: 'S', name: 'a', namespace: 'n' } } }],
    ['empty lists stay', 'TrafficTarget', { sources: [], rules: [] }, 'v1alpha1', { sources: [], specs: [] }],
    ['a list that is none goes through', 'TrafficTarget', { sources: 'all', rules: 7, destination: 'srv' }, 'v1alpha4', { spec: { sources: 'all', rules: 7, destination: 'srv' } }],
    ['omitted matches of a rule stay omitted', 'TrafficTarget', { rules: [{ kind: 'HTTPRouteGroup', name: 'r', matches: null }] }, 'v1alpha3', { spec: { rules: [{ kind: 'HTTPRouteGroup', name: 'r' }] } }],
    ['a port of the destination where there is one', 'TrafficTarget', { destination: { name: 'a', port: 80 } }, 'v1alpha1', { destination: { name: 'a', port: 80, namespace: 'n' } }],
    ['a match without a name', 'HTTPRouteGroup', { matches: [{ methods: ['FETCH'] }] }, 'v1alpha4', { spec: { matches: [{ methods: ['FETCH'] }] } }],
    ['a null path, also in v1alpha1', 'HTTPRouteGroup', { matches: [{ name: 'm', pathRegex: null }] }, 'v1alpha1', { matches: [{ name: 'm', methods: ['*'] }] }],
    ['empty headers, dropped where there are none', 'HTTPRouteGroup', { matches: [{ name: 'm', headers: {} }] }, 'v1alpha1', { matches: [{ name: 'm', pathRegex: '.*', methods: ['*'] }] }],
    ['null headers', 'HTTPRouteGroup', { matches: [{ name: 'm', headers: null }] }, 'v1alpha3', { spec: { matches: [{ name: 'm' }] } }],
    ['headers that are neither form', 'HTTPRouteGroup', { matches: [{ name: 'm', headers: 'a: b' }] }, 'v1alpha4', { spec: { matches: [{ name: 'm', headers: 'a: b' }] } }],
    ['headers of which one is no map', 'HTTPRouteGroup', { matches: [{ name: 'm', headers: [{ a: '1' }, 'b'] }] }, 'v1alpha4', { spec: { matches: [{ name: 'm', headers: [{ a: '1' }, 'b'] }] } }],
    ['headers written as a list, to a map', 'HTTPRouteGroup', { matches: [{ headers: [{ a: '1' }, { b: '2' }] }] }, 'v1alpha4', { spec: { matches: [{ headers: { a: '1', b: '2' } }] } }],
    ['no ports at all are all ports', 'TCPRoute', {}, 'v1alpha4', { spec: { matches: { ports: [] } } }],
    ['null ports are left out', 'TCPRoute', { matches: { ports: null } }, 'v1alpha4', { spec: { matches: {} } }],
    ['null matches are left out', 'UDPRoute', { matches: null }, 'v1alpha4', { spec: {} }],
    ['a port that is no number', 'TCPRoute', { matches: { ports: ['http'] } }, 'v1alpha4', { spec: { matches: { ports: ['http'] } } }],
    ['null ports before ports', 'TCPRoute', { matches: { ports: null } }, 'v1alpha3', { spec: {} }],
    ['a weight that is no number', 'TrafficSplit', { backends: [{ service: 'a', weight: '50%' }] }, 'v1alpha2', { spec: { backends: [{ service: 'a', weight: '50%' }] } }],
    ['a backend without weight', 'TrafficSplit', { backends: [{ service: 'a', weight: null }] }, 'v1alpha4', { spec: { backends: [{ service: 'a' }] } }],
    ['an empty list of matches, dropped where there are none', 'TrafficSplit', { service: 'web', matches: [] }, 'v1alpha2', { spec: { service: 'web' } }],
    ['a quantity', 'TrafficSplit', { backends: [{ service: 'a', weight: '500m' }] }, 'v1alpha1', { spec: { backends: [{ service: 'a', weight: '500m' }] } }],
  ])('%s', (_what, kind, spec, version, expected) => {
    const rendering = at(kind, spec, version);
    if ('cannot' in rendering) throw new TypeError(rendering.cannot);
    const { apiVersion, kind: renderedKind, metadata, ...body } = rendering.object;
    expect(body).toStrictEqual(expected);
    expect([apiVersion.endsWith(`/${version}`), renderedKind, metadata]).toEqual([true, kind, { name: 'x', namespace: 'n' }]);
  });

  test('a resource cannot change what the object is', () => {
    expect(at('HTTPRouteGroup', { matches: [], kind: 'Secret', metadata: { name: 'other' } }, 'v1alpha1')).toMatchObject({ object: { kind: 'HTTPRouteGroup', metadata: { name: 'x' } } });
  });
});

const kindVersionsAll: Version[] = ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4'];
