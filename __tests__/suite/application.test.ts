import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { laneNamespaces } from '../../src/fixture/names.ts';
import { workloadsNeeded } from '../../src/fixture/needs.ts';
import { laneObjects } from '../../src/fixture/objects.ts';
import type { Assertion } from '../../src/model/assertion.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import { loadSuite, planSuite, type Suite, withApplication } from '../../src/suite/index.ts';
import { osm } from './surroundings.ts';

const image = 'docker.io/layer5/learn-layer5:latest';
let plain: Suite;
let suite: Suite;
beforeAll(async () => {
  plain = await loadSuite(join(import.meta.dirname, '../../assertions'));
  suite = withApplication(plain, image);
});

const named = (of: Suite, id: string): Assertion => of.assertions.find((assertion) => assertion.id === id) ?? never();

describe('the application is the server', () => {
  test.each(['traffic-access/route-not-listed-denied', 'traffic-specs/path-selects', 'traffic-specs/method-selects', 'traffic-split/weighted-75-25', 'traffic-split/root-without-split', 'traffic-split/port-mapping'])('of %s', (id) => {
    expect(named(suite, id).fixture).toBe(`${named(plain, id).fixture}-app`);
  });

  test.each([
    ['traffic-access/allow-listed-source', 'it asks for /x'],
    ['traffic-access/tcp-source-denied', 'it speaks TCP'],
    ['traffic-split/http2-split', 'it speaks HTTP/2'],
    ['traffic-split/match-header-routes', 'it writes routes, and names no path'],
    ['traffic-access/probes-survive', 'the kubelet asks for /healthy'],
    ['traffic-metrics/success-count', 'it has the application fail'],
    ['traffic-access/traffictarget-roundtrip', 'it looks at no traffic'],
    ['traffic-access/crd-traffictarget', 'it has no fixture'],
  ])('but not of %s, since %s', (id) => {
    expect(named(suite, id)).toEqual(named(plain, id));
  });

  test('of as many as need no more than it offers', () => {
    expect(suite.assertions.filter(({ fixture }) => fixture.endsWith('-app')).length).toBeGreaterThanOrEqual(45);
  });
});

describe('an assertion before the application', () => {
  test('asks for /echo where no path matters, and is the same in all else', () => {
    const text = JSON.stringify(named(suite, 'traffic-split/weighted-75-25'));
    expect(text.replaceAll(',"path":"/echo"', '').replace('"fixture":"split-app"', '"fixture":"split"')).toBe(JSON.stringify(named(plain, 'traffic-split/weighted-75-25')));
    expect(text).toContain('"attempts":1000,"shares":{"web-v1":75,"web-v2":25},"path":"/echo"');
  });
  test('keeps its paths where it names them', () => {
    const { fixture: _, ...rest } = named(suite, 'traffic-access/route-not-listed-denied');
    expect(named(plain, 'traffic-access/route-not-listed-denied')).toMatchObject(rest);
  });
  test('is in the same order, and is gated and planned as before', () => {
    const [before, after] = [plain, suite].map((of) => planSuite({ suite: of, ...osm, only: [], skip: [] }).plan.map(({ assertion: { id, gates }, version, gate, skipReason }) => ({ id, gates, version, gate, skipReason })));
    expect(after).toEqual(before);
  });
});

describe('a variant of a fixture', () => {
  test('has the application in servers, not in callers, and sees its baseline at /echo', () => {
    const variant = suite.fixtures.get('split-app') ?? never();
    expect(variant.workloads.filter(({ application }) => application?.image === image).map(({ name }) => name)).toEqual(['web-v0', 'web-v1', 'web-v2', 'web-v3']);
    expect(variant.baseline.answered).toEqual([expect.objectContaining({ from: 'caller', to: 'web', path: '/echo' })]);
    expect(plain.fixtures.get('split')?.baseline.answered?.[0]).not.toHaveProperty('path');
    expect(suite.fixtures.get('split')).toEqual(plain.fixtures.get('split'));
  });

  test('has in its pods the probe at the port of the Service, and the application behind it', () => {
    const fixture = suite.fixtures.get('split-app') ?? never();
    const mesh: MeshDefinition = { ...osm.definition, enrolment: { namespace: {}, pod: {} } };
    const workloads = workloadsNeeded(fixture, [named(suite, 'traffic-split/weighted-75-25')]);
    const objects = laneObjects(fixture, { runId: 'a1b2c3', lane: 'split-app-1', namespaces: laneNamespaces(fixture, 'a1b2c3', 'split-app-1'), workloads, mesh, probeImage: 'node:24-alpine', probeSource: '' });
    const containersOf = (name: string): Record<string, unknown>[] => {
      const found = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name) ?? never();
      return (found['spec'] as { template: { spec: { containers: Record<string, unknown>[] } } }).template.spec.containers;
    };
    expect(containersOf('caller').map(({ name }) => name)).toEqual(['probe']);
    const [probe = {}, application] = containersOf('web-v1');
    expect(JSON.parse((probe['env'] as { value: string }[])[0]?.value ?? '')).toMatchObject({ workload: 'web-v1', application: 9091, listeners: [{ port: 8080, protocol: 'http' }] });
    expect(application).toMatchObject({ name: 'application', image, env: [{ name: 'SERVICE_NAME', value: 'web-v1' }, { name: 'PORT', value: '9091' }], securityContext: { runAsNonRoot: true } });
    const ports = objects.filter(({ kind }) => kind === 'Service').flatMap((service) => (service['spec'] as { ports: { targetPort: number }[] }).ports.map(({ targetPort }) => targetPort));
    expect(ports).not.toContain(9091);
  });
});

function never(): never {
  throw new Error('the suite lacks it');
}
