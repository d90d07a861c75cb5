import { describe, expect, test } from '@jest/globals';
import type { ServedApi } from '../../src/cluster/port.ts';
import { offeredBy } from '../../src/mesh/index.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import { apiGroups, type Specification, type Version } from '../../src/model/specification.ts';

/** `access 3 TrafficTarget` and so on. */
function served(...lines: string[]): ServedApi[] {
  return lines.flatMap((line) => {
    const [group = '', digits = '', ...kinds] = line.split(' ');
    const name = apiGroups[`traffic-${group}` as Specification] ?? group;
    return digits.split('').flatMap((digit) => kinds.map((kind) => ({ group: name, version: `v1alpha${digit}`, kind, plural: `${kind.toLowerCase()}s`, namespaced: true })));
  });
}
const v = (...digits: number[]) => digits.map((digit) => `v1alpha${digit}` as Version);
const osm: MeshDefinition['claims'] = {
  'traffic-access': { versions: v(3), kinds: ['TrafficTarget'] },
  'traffic-specs': { versions: v(4), kinds: ['HTTPRouteGroup', 'TCPRoute'], without: ['TCPRoute.ports'] },
  'traffic-split': { versions: v(2), kinds: ['TrafficSplit'] },
};
const everything = served('access 1234 TrafficTarget', 'access 4 IdentityBinding', 'specs 1234 HTTPRouteGroup TCPRoute', 'specs 4 UDPRoute', 'split 1234 TrafficSplit', 'metrics 1 Pod', 'other.smi-spec.io 1 Thing');

describe('offered is claimed and served', () => {
  test.each<[string, MeshDefinition['claims'], ServedApi[], object]>([
    ['all that is claimed', osm, served('access 3 TrafficTarget', 'specs 4 HTTPRouteGroup TCPRoute', 'split 2 TrafficSplit'), {
      'traffic-access': { versions: v(3), kinds: ['TrafficTarget'], without: [] },
      'traffic-specs': { versions: v(4), kinds: ['HTTPRouteGroup', 'TCPRoute'], without: ['TCPRoute.ports'] },
      'traffic-split': { versions: v(2), kinds: ['TrafficSplit'], without: [] },
    }],
    ['nothing beyond the claims, however much is served', { 'traffic-split': { versions: v(2), kinds: ['TrafficSplit'] } }, everything, { 'traffic-split': { versions: v(2), kinds: ['TrafficSplit'], without: [] } }],
    ['nothing beyond what is served', osm, served('specs 4 TCPRoute'), { 'traffic-specs': { versions: v(4), kinds: ['TCPRoute'], without: ['TCPRoute.ports'] } }],
    ['a claimed version that is not served', osm, served('access 2 TrafficTarget', 'split 1 TrafficSplit'), {}],
    ['one of two claimed versions', { 'traffic-split': { versions: v(4, 2), kinds: ['TrafficSplit'] } }, served('split 23 TrafficSplit'), { 'traffic-split': { versions: v(2), kinds: ['TrafficSplit'], without: [] } }],
    ['versions in their order', { 'traffic-split': { versions: v(4, 2), kinds: ['TrafficSplit'] } }, served('split 42 TrafficSplit'), { 'traffic-split': { versions: v(2, 4), kinds: ['TrafficSplit'], without: [] } }],
    ['a kind of the same name in a group of another', osm, [{ group: 'access.other.io', version: 'v1alpha3', kind: 'TrafficTarget', plural: 'traffictargets', namespaced: true }], {}],
    ['a kind in a version that has none', { 'traffic-specs': { versions: v(3), kinds: ['HTTPRouteGroup', 'UDPRoute'] } }, served('specs 3 HTTPRouteGroup UDPRoute'), { 'traffic-specs': { versions: v(3), kinds: ['HTTPRouteGroup'], without: [] } }],
    ['metrics, whose resources are all of one kind', { 'traffic-metrics': { versions: v(1), kinds: [] } }, everything, { 'traffic-metrics': { versions: v(1), kinds: ['pods'], without: [] } }],
    ['no claims', {}, everything, {}],
    ['nothing served', 'served', [], {}],
    ['whatever is served', 'served', everything, {
      'traffic-access': { versions: v(1, 2, 3, 4), kinds: ['TrafficTarget', 'IdentityBinding'], without: [] },
      'traffic-specs': { versions: v(1, 2, 3, 4), kinds: ['HTTPRouteGroup', 'TCPRoute', 'UDPRoute'], without: [] },
      'traffic-split': { versions: v(1, 2, 3, 4), kinds: ['TrafficSplit'], without: [] },
      'traffic-metrics': { versions: v(1), kinds: ['pods'], without: [] },
    }],
    ['whatever is served, but no version or kind that no text defines', 'served', served('access 39 TrafficTarget', 'split 2 TrafficSplit Mirror'), {
      'traffic-access': { versions: v(3), kinds: ['TrafficTarget'], without: [] },
      'traffic-split': { versions: v(2), kinds: ['TrafficSplit'], without: [] },
    }],
  ])('%s', (_what, claims, apis, expected) => {
    expect(offeredBy({ claims }, apis)).toEqual(expected);
  });

  test('what is returned is not the definition itself', () => {
    offeredBy({ claims: osm }, everything)['traffic-specs']?.without.push('more');
    expect(osm['traffic-specs']?.without).toEqual(['TCPRoute.ports']);
  });
});
