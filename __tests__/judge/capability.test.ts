import { describe, expect, test } from '@jest/globals';
import { metricKinds } from '../../src/model/metrics.ts';
import type { Offer } from '../../src/model/report.ts';
import type { Level, Specification, Verdict } from '../../src/model/specification.ts';
import { capabilityOf, complianceOf } from '../../src/judge/index.ts';

const offer = (versions: Offer['versions'], kinds: string[], without: string[] = []): Offer => ({ versions, kinds, without });
const routes = ['HTTPRouteGroup', 'TCPRoute'];

describe('capability is the offered surface', () => {
  const cases: [name: string, specification: Specification, offered: Offer | undefined, capability: string, reason: string][] = [
    ['nothing claimed', 'traffic-access', undefined, 'none', ''],
    ['claimed and not served', 'traffic-split', offer([], []), 'partial', 'claimed, but the cluster serves none of it'],
    ['access v1alpha3', 'traffic-access', offer(['v1alpha3'], ['TrafficTarget']), 'full', ''],
    ['access v1alpha4 without its profile', 'traffic-access', offer(['v1alpha4'], ['TrafficTarget'], ['IdentityBinding']), 'full', ''],
    ['access without its kind', 'traffic-access', offer(['v1alpha4'], ['IdentityBinding']), 'partial', 'no TrafficTarget'],
    ['specs v1alpha4, all kinds', 'traffic-specs', offer(['v1alpha4'], [...routes, 'UDPRoute']), 'full', ''],
    ['specs v1alpha4 without UDPRoute (OSM)', 'traffic-specs', offer(['v1alpha4'], routes, ['UDPRoute']), 'partial', 'no UDPRoute'],
    ['a kind that is lacking, said or not', 'traffic-specs', offer(['v1alpha4'], routes), 'partial', 'no UDPRoute'],
    ['a field that is lacking', 'traffic-specs', offer(['v1alpha4'], [...routes, 'UDPRoute'], ['HTTPRouteGroup.headers']), 'partial', 'no HTTPRouteGroup.headers'],
    ['a field of a kind that is lacking altogether', 'traffic-specs', offer(['v1alpha4'], ['HTTPRouteGroup', 'UDPRoute'], ['TCPRoute.ports']), 'partial', 'no TCPRoute'],
    ['specs v1alpha3 (Traefik Mesh)', 'traffic-specs', offer(['v1alpha3'], routes), 'partial', 'v1alpha3 has no UDPRoute and TCPRoute.ports'],
    ['split v1alpha2 (OSM)', 'traffic-split', offer(['v1alpha2'], ['TrafficSplit']), 'partial', 'v1alpha2 has no TrafficSplit.matches'],
    ['split v1alpha4', 'traffic-split', offer(['v1alpha4'], ['TrafficSplit']), 'full', ''],
    ['split v1alpha4 without matches', 'traffic-split', offer(['v1alpha4'], ['TrafficSplit'], ['TrafficSplit.matches']), 'partial', 'no TrafficSplit.matches'],
    ['an old version beside a new one', 'traffic-split', offer(['v1alpha1', 'v1alpha4'], ['TrafficSplit']), 'full', ''],
    ['metrics of every resource', 'traffic-metrics', offer(['v1alpha1'], Object.keys(metricKinds)), 'full', ''],
    ['metrics of some resources', 'traffic-metrics', offer(['v1alpha1'], Object.keys(metricKinds).slice(2)), 'partial', 'no namespaces and nodes'],
    ['metrics from elsewhere', 'traffic-metrics', offer(['v1alpha1'], Object.keys(metricKinds), ['TrafficMetrics.api']), 'partial', 'no TrafficMetrics.api'],
  ];
  test.each(cases)('%s', (_name, specification, offered, capability, reason) => {
    expect(capabilityOf(specification, offered)).toEqual({ capability, ...(reason ? { capabilityReason: reason } : {}) });
  });
});

describe('compliance is what the results say', () => {
  const results = (...entries: [Level, Verdict][]): Parameters<typeof complianceOf>[0] => entries.map(([level, verdict]) => ({ level, verdict }));
  test.each([
    ['every must passes', [['must', 'pass'], ['must', 'pass']], 'passed'],
    ['a must fails', [['must', 'pass'], ['must', 'fail']], 'failed'],
    ['a must is inconclusive: its gate failed', [['must', 'pass'], ['must', 'inconclusive']], 'failed'],
    ['a must is partial', [['must', 'pass'], ['must', 'partial']], 'passed'],
    ['a must is skipped', [['must', 'pass'], ['must', 'skip']], 'passed'],
    ['a should fails', [['must', 'pass'], ['should', 'fail']], 'passed'],
    ['info', [['must', 'pass'], ['info', 'info']], 'passed'],
    ['only skips', [['must', 'skip'], ['must', 'skip']], 'not-applicable'],
    ['only a should', [['should', 'pass']], 'not-applicable'],
    ['nothing at all', [], 'not-applicable'],
  ] as [string, [Level, Verdict][], string][])('%s', (_name, entries, compliance) => {
    expect(complianceOf(results(...entries), 'partial', true)).toBe(compliance);
    expect(complianceOf(results(...entries), 'full', true)).toBe(compliance);
  });
  test('what is not offered cannot fail', () => expect(complianceOf(results(['must', 'fail']), 'none', true)).toBe('not-applicable'));
  test('an incomplete run has none', () => expect(complianceOf(results(['must', 'pass']), 'full', false)).toBe('incomplete'));
});
