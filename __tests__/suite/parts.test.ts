import { describe, expect, test } from '@jest/globals';
import { capabilityOf } from '../../src/judge/index.ts';
import type { Step } from '../../src/model/assertion.ts';
import { specificationOf, versions } from '../../src/model/specification.ts';
import { textDialect } from '../../src/smi/index.ts';
import { render } from '../../src/smi/render.ts';
import { features, metricsFeatures } from '../../src/suite/features.ts';
import { follow, stepsWhere } from '../../src/suite/follow.ts';
import { mergePatch } from '../../src/suite/index.ts';
import assertionSchema from '../../assertions/schema/assertion.schema.json' with { type: 'json' };

describe('features', () => {
  const uses: Record<string, Record<string, unknown>> = {
    'HTTPRouteGroup.headers': { matches: [{ name: 'm', headers: { a: 'b' } }] },
    'TCPRoute.ports': { matches: { ports: [7070] } },
    'TrafficSplit.matches': { service: 's', backends: [], matches: [{ kind: 'HTTPRouteGroup', name: 'g' }] },
  };

  test('are those that an assertion may name', () => {
    expect([...Object.keys(features), ...metricsFeatures]).toEqual(assertionSchema.definitions.feature.enum);
    expect(Object.keys(uses)).toEqual(Object.keys(features));
  });

  test.each(Object.entries(features))('%s came with the version before which it cannot be rendered, nor counted as a capability', (name, { kind, since, isUsed }) => {
    const spec = uses[name] ?? {};
    expect(isUsed(spec)).toBe(true);
    const expressible = versions.filter((version) => 'object' in render({ kind, name: 'x', namespace: 'n', spec }, version, textDialect));
    expect(expressible[0]).toBe(since);
    const older = versions[versions.indexOf(since) - 1] ?? since;
    const specification = specificationOf[kind];
    const reason = (version: typeof since) => capabilityOf(specification, { versions: [version], kinds: [kind], without: [] }).capabilityReason ?? '';
    expect(reason(older)).toMatch(new RegExp(`${older} has no [^;]*${name.replace('.', String.raw`\.`)}`));
    expect(reason(since)).not.toContain(name);
  });

  test.each([
    ['HTTPRouteGroup.headers', { matches: [{ name: 'm', headers: {} }, { name: 'n' }] }],
    ['HTTPRouteGroup.headers', { matches: 'nonsense' }],
    ['TCPRoute.ports', { matches: { ports: [] } }],
    ['TCPRoute.ports', {}],
    ['TrafficSplit.matches', { matches: [] }],
  ])('%s is not used by %j', (name, spec) => {
    expect(features[name]?.isUsed(spec)).toBe(false);
  });
});

/** The examples of RFC 7396, appendix A. */
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [['a', 'b'], ['c', 'd'], ['c', 'd']],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j patched by %j is %j', (target, patch, expected) => {
  const before = structuredClone(target);
  expect(mergePatch(target, patch)).toEqual(expected);
  expect(target).toEqual(before);
});

test('objects are followed through the steps, patches on what is there, refused ones never', () => {
  const steps: Step[] = [
    { apply: [{ kind: 'TrafficSplit', name: 's', spec: { service: 'web', backends: [1] } }] },
    { patch: { kind: 'TrafficSplit', name: 's', namespace: 'home', spec: { backends: [2] } } },
    { rejected: [{ kind: 'TCPRoute', name: 'r', spec: {} }] },
    { delete: [{ kind: 'TrafficSplit', name: 's' }], whereOffered: ['TCPRoute.ports'] },
    { patch: { kind: 'TrafficSplit', name: 's', spec: { backends: [3] } } },
  ];
  const followed = follow(stepsWhere(steps, () => true), 'home');
  expect(followed.map(({ writes }) => writes.map(({ resource, pointer }) => [pointer, resource.spec]))).toEqual([
    [['/steps/0/apply/0', { service: 'web', backends: [1] }]],
    [['/steps/1/patch', { service: 'web', backends: [2] }]],
    [['/steps/2/rejected/0', {}]],
    [],
    [],
  ]);
  expect(followed.map(({ after }) => [...after.keys()])).toEqual([['TrafficSplit home/s'], ['TrafficSplit home/s'], ['TrafficSplit home/s'], [], []]);
  const shorter = follow(stepsWhere(steps, () => false), 'home');
  expect(shorter.map(({ index }) => index)).toEqual([0, 1, 2, 4]);
  expect(shorter.at(-1)?.writes.map(({ pointer, resource }) => [pointer, resource.spec])).toEqual([['/steps/4/patch', { service: 'web', backends: [3] }]]);
});
