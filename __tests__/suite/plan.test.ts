import { describe, expect, test } from '@jest/globals';
import type { Assertion, Step } from '../../src/model/assertion.ts';
import { ConformanceError } from '../../src/model/errors.ts';
import type { Specification, Version } from '../../src/model/specification.ts';
import { planSuite, type Planned, type Suite } from '../../src/suite/index.ts';
import type { Surroundings } from '../../src/suite/offer.ts';
import { around, osm, reference, serves, traefik } from './surroundings.ts';

const everyVersion: Version[] = ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4'];
const traffic: Step = { eventually: { allowed: [{ from: 'a', to: 'b' }] } };
const target: Step = { apply: [{ kind: 'TrafficTarget', name: 't', spec: { destination: { kind: 'ServiceAccount', name: 'b' }, rules: [], sources: [] } }] };
const group: Step = { apply: [{ kind: 'HTTPRouteGroup', name: 'g', spec: { matches: [{ name: 'm', pathRegex: '/' }] } }] };
const split: Step = { apply: [{ kind: 'TrafficSplit', name: 's', spec: { service: 'web', backends: [] } }] };
const ports: Step = { apply: [{ kind: 'TCPRoute', name: 'r', spec: { matches: { ports: [7070] } } }], whereOffered: ['TCPRoute.ports'] };

function made(id: string, steps: Step[], more: Partial<Assertion> & { versions?: Version[] } = {}): Assertion {
  const { versions = everyVersion, ...rest } = more;
  const specification = id.split('/')[0] as Specification;
  return { id, title: id, kind: 'capability', requirement: { specification, versions, level: 'must', source: 'text', text: 'text' }, fixture: 'f', gates: [], ignoring: 'it', steps, ...rest };
}

const assertions: Assertion[] = [
  made('traffic-split/weights', [split, traffic], { gates: ['traffic-split/root'] }),
  made('traffic-split/root', [traffic]),
  made('traffic-split/matches', [group, split, traffic], { versions: ['v1alpha3', 'v1alpha4'], needs: ['TrafficSplit.matches'], gates: ['traffic-split/root'] }),
  made('traffic-split/crd', [{ observe: { definition: 'TrafficSplit' } }], { kind: 'presence', fixture: 'none' }),
  made('traffic-specs/crd-udp', [{ observe: { definition: 'UDPRoute' } }], { kind: 'presence', fixture: 'none', versions: ['v1alpha4'] }),
  made('traffic-specs/tcp', [target, ports, traffic], { gates: ['traffic-specs/path'] }),
  made('traffic-specs/ports-only', [ports, { ...traffic, whereOffered: ['TCPRoute.ports'] }]),
  made('traffic-specs/path', [group, target, traffic], { gates: ['traffic-access/deny'] }),
  made('traffic-access/deny', [traffic]),
  made('traffic-access/listed', [group, target, traffic], { gates: ['traffic-access/deny'] }),
  made('traffic-access/port', [{ apply: [{ kind: 'TrafficTarget', name: 't', spec: { destination: { kind: 'ServiceAccount', name: 'b', port: 8080 } } }] }, traffic], { gates: ['traffic-access/deny'] }),
  made('traffic-metrics/shape', [traffic], { versions: ['v1alpha1'] }),
];
const suite: Suite = { assertions, fixtures: new Map(), digest: '', version: '1.0.0' };

function planOf(surroundings: Surroundings, only: string[] = [], skip: string[] = []): Planned[] {
  return planSuite({ suite, ...surroundings, only, skip }).plan;
}

/** `id@version`, with the reason behind it where it is skipped. */
function lines(plan: Planned[]): string[] {
  return plan.map(({ assertion, version, skipReason }) => `${assertion.id}@${version}${skipReason === undefined ? '' : `: ${skipReason}`}`);
}

describe('what runs, where, and why not', () => {
  test('for a mesh whose versions differ from one specification to the other', () => {
    expect(lines(planOf(osm))).toEqual([
      'traffic-access/deny@v1alpha3',
      'traffic-specs/path@v1alpha4',
      'traffic-split/root@v1alpha2',
      'traffic-access/listed@v1alpha3',
      'traffic-access/port@v1alpha3: access v1alpha3 has no destination.port: it would be dropped, and every port of the destination opened',
      'traffic-specs/crd-udp@v1alpha4: UDPRoute is not claimed by OSM in traffic-specs v1alpha4',
      'traffic-specs/ports-only@v1alpha4',
      'traffic-specs/tcp@v1alpha4',
      'traffic-split/crd@v1alpha2',
      'traffic-split/matches@v1alpha4: the requirement is of traffic-split v1alpha3 and v1alpha4, and OSM offers v1alpha2',
      'traffic-split/weights@v1alpha2',
      'traffic-metrics/shape@v1alpha1: traffic-metrics is not claimed by OSM',
    ]);
  });

  test('for one that says what it lacks, and whose routes have no ports yet', () => {
    const plan = planOf(traefik);
    expect(lines(plan).filter((line) => /matches|ports-only|tcp|access\/port/.test(line))).toEqual([
      'traffic-access/port@v1alpha2',
      'traffic-specs/ports-only@v1alpha3: traffic-specs v1alpha3 has no TCPRoute.ports: it came with v1alpha4',
      'traffic-specs/tcp@v1alpha3',
      'traffic-split/matches@v1alpha3: TrafficSplit.matches is not offered by Traefik',
    ]);
    expect(plan.find(({ assertion }) => assertion.id === 'traffic-specs/tcp')?.assertion.steps).toEqual([target, traffic]);
  });

  test('for a mesh that offers everything: once in each version', () => {
    const plan = planOf(reference);
    expect(lines(plan.filter(({ assertion }) => assertion.id === 'traffic-split/weights'))).toEqual(everyVersion.map((version) => `traffic-split/weights@${version}`));
    expect(lines(plan.filter(({ assertion }) => assertion.id === 'traffic-split/matches'))).toEqual(['traffic-split/matches@v1alpha3', 'traffic-split/matches@v1alpha4']);
    expect(plan.filter(({ assertion }) => assertion.id === 'traffic-specs/tcp').map(({ version, assertion }) => [version, assertion.steps.length])).toEqual([['v1alpha1', 2], ['v1alpha2', 2], ['v1alpha3', 2], ['v1alpha4', 3]]);
    expect(lines(plan.filter(({ skipReason }) => skipReason !== undefined))).toEqual([
      expect.stringContaining('traffic-access/port@v1alpha3: '),
      expect.stringContaining('traffic-access/port@v1alpha4: '),
      ...['v1alpha1', 'v1alpha2', 'v1alpha3'].map((version) => `traffic-specs/ports-only@${version}: traffic-specs ${version} has no TCPRoute.ports: it came with v1alpha4`),
      'traffic-metrics/shape@v1alpha1: the cluster serves nothing of traffic-metrics',
    ]);
  });

  test('for no mesh at all: what is served is claimed, and nothing else is', () => {
    const bare = around('No mesh', 'served', [...serves('TrafficSplit', 'v1alpha4'), ...serves('HTTPRouteGroup', 'v1alpha4')]);
    expect(lines(planOf(bare))).toEqual([
      'traffic-access/deny@v1alpha4: the cluster serves nothing of traffic-access',
      'traffic-specs/path@v1alpha4: TrafficTarget is needed, and nothing of traffic-access is offered',
      'traffic-split/root@v1alpha4',
      'traffic-access/listed@v1alpha4: the cluster serves nothing of traffic-access',
      'traffic-access/port@v1alpha4: the cluster serves nothing of traffic-access',
      'traffic-specs/crd-udp@v1alpha4: UDPRoute is not claimed by No mesh in traffic-specs v1alpha4',
      'traffic-specs/ports-only@v1alpha4: TCPRoute is not offered by No mesh',
      'traffic-specs/tcp@v1alpha4: TrafficTarget is needed, and nothing of traffic-access is offered',
      'traffic-split/crd@v1alpha4',
      'traffic-split/matches@v1alpha4',
      'traffic-split/weights@v1alpha4',
      'traffic-metrics/shape@v1alpha1: the cluster serves nothing of traffic-metrics',
    ]);
  });

  test('a claimed kind that is not served is looked for, and all that needs it is skipped', () => {
    const empty = around('Half', { 'traffic-split': { versions: ['v1alpha2', 'v1alpha4'], kinds: ['TrafficSplit'] } }, []);
    const mine = (plan: Planned[]) => lines(plan).filter((line) => line.startsWith('traffic-split'));
    const reason = 'traffic-split v1alpha2 and v1alpha4 is claimed by Half, but the cluster serves none of it';
    expect(mine(planOf(empty))).toEqual([
      `traffic-split/root@v1alpha4: ${reason}`,
      'traffic-split/crd@v1alpha2',
      'traffic-split/crd@v1alpha4',
      `traffic-split/matches@v1alpha4: ${reason}`,
      `traffic-split/weights@v1alpha4: ${reason}`,
    ]);
    const half = around('Half', { 'traffic-split': { versions: ['v1alpha2', 'v1alpha4'], kinds: ['TrafficSplit'] } }, serves('TrafficSplit', 'v1alpha2'));
    expect(mine(planOf(half))).toContain('traffic-split/crd@v1alpha4');
    expect(mine(planOf(half)).filter((line) => line.includes('weights'))).toEqual(['traffic-split/weights@v1alpha2']);
  });

  test('a kind that is claimed beside others and not served', () => {
    const noTcp = around('M', { 'traffic-access': { versions: ['v1alpha3'], kinds: ['TrafficTarget'] }, 'traffic-specs': { versions: ['v1alpha4'], kinds: ['HTTPRouteGroup', 'TCPRoute'] } }, [...serves('TrafficTarget', 'v1alpha3'), ...serves('HTTPRouteGroup', 'v1alpha4')]);
    expect(lines(planOf(noTcp))).toContain('traffic-specs/ports-only@v1alpha4: TCPRoute is claimed by M, but the cluster does not serve it');
  });

  test('an access assertion whose routes are not offered', () => {
    const alone = around('M', { 'traffic-access': { versions: ['v1alpha3'], kinds: ['TrafficTarget'] } }, serves('TrafficTarget', 'v1alpha3'));
    expect(lines(planOf(alone))).toContain('traffic-access/listed@v1alpha3: HTTPRouteGroup is needed, and nothing of traffic-specs is offered');
    expect(lines(planOf(alone))).toContain('traffic-access/deny@v1alpha3');
  });
});

describe('a selection', () => {
  test('brings its gates, and theirs, and nothing else', () => {
    const plan = planOf(osm, ['traffic-specs/tcp']);
    expect(plan.map(({ assertion, gate }) => [assertion.id, gate])).toEqual([['traffic-access/deny', true], ['traffic-specs/path', true], ['traffic-specs/tcp', false]]);
  });

  test('of a gate alone does not make it one', () => {
    expect(planOf(osm, ['traffic-split/root']).map(({ assertion, gate }) => [assertion.id, gate])).toEqual([['traffic-split/root', false]]);
  });

  test('of what does not run brings no gates', () => {
    expect(lines(planOf(osm, ['matches']))).toEqual([expect.stringContaining('traffic-split/matches@v1alpha4: ')]);
  });

  test('that leaves out a gate which the rest needs is refused', () => {
    const attempt = () => planOf(osm, [], ['traffic-access/deny', 'root']);
    expect(attempt).toThrow(ConformanceError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining('traffic-access/deny') }));
    expect(() => planOf(osm, ['weights'], ['root'])).toThrow('skip leaves out traffic-split/root, and traffic-split/weights stands behind it: without that gate they prove nothing');
  });

  test('that leaves out a gate with all that needs it is fine, needed or not by what does not run', () => {
    expect(planOf(osm, [], ['traffic-split/root', 'weights']).some(({ assertion }) => assertion.id === 'traffic-split/root')).toBe(false);
    expect(planOf(osm, [], ['traffic-access', 'traffic-specs']).every(({ assertion }) => /split|metrics/.test(assertion.id))).toBe(true);
  });

  test('passes warnings on, and refuses what covers nothing', () => {
    expect(planSuite({ suite, ...osm, only: [], skip: ['wieghts'] }).warnings).toEqual([expect.stringContaining('did you mean weights?')]);
    expect(() => planOf(osm, ['wieghts'])).toThrow(expect.objectContaining({ code: 'NOTHING_SELECTED' }));
  });
});

test('the order is that of gates, specifications, ids and versions, however the suite is ordered', () => {
  const turned = { ...suite, assertions: assertions.toReversed() };
  expect(planSuite({ suite: turned, ...reference, only: [], skip: [] }).plan).toEqual(planOf(reference));
});

test('nothing that is planned changes the suite', () => {
  const before = structuredClone(assertions);
  planOf(traefik);
  expect(assertions).toEqual(before);
});
