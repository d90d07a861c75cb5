import { describe, expect, test } from '@jest/globals';
import { smiKinds, type Specification, type Version } from '../../src/model/specification.ts';
import { apiVersionOf, arePartners, choosePartners, definitionName, kindNames, smiRelease, type OfferedVersions } from '../../src/smi/index.ts';

const offered = (access: string, specs: string, split: string, metrics = ''): OfferedVersions => {
  const versions = (digits: string) => ({ versions: digits.split('').map((digit) => `v1alpha${digit}` as Version) });
  const all = { 'traffic-access': access, 'traffic-specs': specs, 'traffic-split': split, 'traffic-metrics': metrics };
  return Object.fromEntries(Object.entries(all).filter(([, digits]) => digits !== '').map(([specification, digits]) => [specification, versions(digits)]));
};
const short = (chosen: Partial<Record<Specification, Version>>) => ['traffic-access', 'traffic-specs', 'traffic-split', 'traffic-metrics'].map((specification) => chosen[specification as Specification]?.at(-1) ?? '-').join(' ');

describe('which versions go together', () => {
  const pairs = { 'traffic-access': { 1: '12', 2: '3', 3: '4', 4: '4' }, 'traffic-split': { 1: '1234', 2: '1234', 3: '3', 4: '4' } };
  test.each(Object.entries(pairs).flatMap(([specification, table]) => Object.entries(table).map(([version, specs]) => [specification, version, specs] as const)))('%s v1alpha%s with specs %s', (specification, version, specs) => {
    const partners = ['1', '2', '3', '4'].filter((digit) => arePartners(specification as Specification, `v1alpha${version}` as Version, `v1alpha${digit}` as Version));
    expect(partners.join('')).toBe(specs);
  });
});

describe('the versions at which the other resources are written', () => {
  const everything = offered('1234', '1234', '1234', '1');
  test.each<[string, Specification, string, OfferedVersions, string]>([
    // access, specs, split, metrics
    ['access v1alpha1', 'traffic-access', '1', everything, '1 2 2 1'],
    ['access v1alpha2', 'traffic-access', '2', everything, '2 3 3 1'],
    ['access v1alpha3', 'traffic-access', '3', everything, '3 4 4 1'],
    ['access v1alpha4', 'traffic-access', '4', everything, '4 4 4 1'],
    ['specs v1alpha1', 'traffic-specs', '1', everything, '1 1 2 1'],
    ['specs v1alpha3', 'traffic-specs', '3', everything, '2 3 3 1'],
    ['specs v1alpha4', 'traffic-specs', '4', everything, '4 4 4 1'],
    ['split v1alpha2', 'traffic-split', '2', everything, '4 4 2 1'],
    ['split v1alpha3 takes access that goes with its routes', 'traffic-split', '3', everything, '2 3 3 1'],
    ['split v1alpha4', 'traffic-split', '4', everything, '4 4 4 1'],
    ['metrics', 'traffic-metrics', '1', everything, '4 4 4 1'],
    ['Open Service Mesh, split', 'traffic-split', '2', offered('3', '4', '2'), '3 4 2 -'],
    ['Traefik Mesh, access', 'traffic-access', '2', offered('2', '3', '3'), '2 3 3 -'],
    ['no partner offered: the newest', 'traffic-access', '1', offered('1', '34', '3'), '1 4 3 -'],
    ['split alone', 'traffic-split', '1', offered('', '', '12'), '- - 1 -'],
    ['its own version, offered or not', 'traffic-specs', '2', offered('3', '4', ''), '3 2 - -'],
    ['the order in which versions are listed does not matter', 'traffic-split', '2', offered('321', '4321', '2'), '3 4 2 -'],
  ])('%s', (_what, specification, version, all, expected) => {
    expect(short(choosePartners(specification, `v1alpha${version}` as Version, all))).toBe(expected);
  });
});

describe('the release that a set of versions belongs to', () => {
  test.each<[string, OfferedVersions, string | undefined]>([
    ['v0.6.0', offered('3', '4', '4', '1'), 'v0.6.0'],
    ['without metrics', offered('3', '4', '4'), 'v0.6.0'],
    ['Traefik Mesh', offered('2', '3', '3'), 'v0.5.0'],
    ['v0.4.0', offered('1', '2', '3'), 'v0.4.0'],
    ['FSM offers an older split too', offered('3', '4', '24'), 'v0.6.0'],
    ['Open Service Mesh mixes releases', offered('3', '4', '2'), undefined],
    ['Linkerd is older than the first release', offered('', '', '12'), undefined],
    ['the newest of several', offered('', '', '3'), 'v0.5.0'],
    ['nothing', {}, undefined],
  ])('%s', (_what, all, release) => {
    expect(smiRelease(all)).toBe(release);
  });
});

test('names of kinds', () => {
  expect(smiKinds.map(definitionName)).toEqual([
    'traffictargets.access.smi-spec.io', 'identitybindings.access.smi-spec.io', 'httproutegroups.specs.smi-spec.io',
    'tcproutes.specs.smi-spec.io', 'udproutes.specs.smi-spec.io', 'trafficsplits.split.smi-spec.io',
  ]);
  expect(smiKinds.map((kind) => kindNames[kind].singular)).toEqual(smiKinds.map((kind) => kind.toLowerCase()));
  expect(apiVersionOf('TrafficSplit', 'v1alpha2')).toBe('split.smi-spec.io/v1alpha2');
});
