import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { ServedApi } from '../../src/cluster/port.ts';
import { workloadsNeeded } from '../../src/fixture/needs.ts';
import { metricKinds } from '../../src/model/metrics.ts';
import { lintSuite, loadSuite, planSuite } from '../../src/suite/index.ts';
import type { Surroundings } from '../../src/suite/offer.ts';
import { describeProblem } from '../../src/yaml/index.ts';
import { suiteFolder } from './folder.ts';
import { around, osm, reference } from './surroundings.ts';

const suite = await loadSuite(join(import.meta.dirname, '../../assertions'));
const listed = (...resources: string[]): ServedApi[] => resources.map((plural) => ({ group: 'metrics.smi-spec.io', version: 'v1alpha1', kind: 'TrafficMetrics', plural, namespaced: true }));
const claims = { 'traffic-metrics': { versions: ['v1alpha1' as const], kinds: [] } };
const planned = (surroundings: Surroundings): Map<string, string | undefined> =>
  new Map(planSuite({ suite, ...surroundings, only: ['traffic-metrics'], skip: [] }).plan.map(({ assertion, skipReason }) => [assertion.id.slice('traffic-metrics/'.length), skipReason]));
const running = (plan: Map<string, string | undefined>): string[] => [...plan].filter(([, reason]) => reason === undefined).map(([name]) => name);

describe('the plan of traffic-metrics', () => {
  test('is nothing at all for a mesh that claims none', () => {
    const plan = planned(osm);
    expect([plan.size, running(plan)]).toEqual([39, []]);
    expect(new Set(plan.values())).toEqual(new Set(['traffic-metrics is not claimed by OSM']));
    expect(new Set(planned(reference).values())).toEqual(new Set(['the cluster serves nothing of traffic-metrics']));
  });

  test('is everything where every resource is served, and splits can be written', () => {
    const all = around('M', 'served', [...listed(...Object.keys(metricKinds)), ...reference.served]);
    expect(running(planned(all))).toHaveLength(39);
  });

  test('is what the API itself has to show where it is claimed and not served', () => {
    expect(running(planned(around('M', claims, []))).sort()).toEqual(['apiservice-available', 'discovery-all-kinds', 'discovery-namespaced-flags', 'discovery-resource-list']);
  });

  test('leaves out what is not offered, by resource', () => {
    const plan = planned(around('NGINX', claims, listed('pods', 'deployments', 'namespaces')));
    expect(plan.get('get-service')).toBe('NGINX offers no metrics of services');
    expect(plan.get('trafficsplit-items')).toContain('TrafficSplit is needed');
    expect(running(plan)).toContain('get-workloads');
    const [kinds] = planSuite({ suite, ...around('NGINX', claims, listed('pods', 'deployments')), only: ['get-workloads'], skip: [] }).plan.filter(({ assertion }) => assertion.id.endsWith('get-workloads'));
    expect(kinds?.assertion.steps).toHaveLength(1);
  });

  test('without the API itself is what its answers show', () => {
    const without = ['TrafficMetrics.api'];
    const elsewhere = { ...around('Linkerd', { 'traffic-metrics': { ...claims['traffic-metrics'], without } }, []), offered: { 'traffic-metrics': { versions: ['v1alpha1' as const], kinds: ['pods', 'deployments', 'namespaces'], without } } };
    const plan = planned(elsewhere);
    expect(running(plan)).toEqual(expect.arrayContaining(['object-shape', 'success-count', 'edge-to', 'get-namespace']));
    for (const name of ['rbac-scoping', 'unknown-resource', 'selector-echoed', 'apiservice-available', 'discovery-all-kinds']) expect(plan.get(name)).toBe('TrafficMetrics.api is not offered by Linkerd');
  });
});

test('a lane has the workloads that loads and readings name, and no others', () => {
  const fixture = suite.fixtures.get('metrics');
  const needed = (name: string): string[] => (fixture === undefined ? [] : workloadsNeeded(fixture, suite.assertions.filter(({ id }) => id === `traffic-metrics/${name}`)).map((workload) => workload.name));
  // The baseline's are always there.
  expect(needed('success-count')).toEqual(['front', 'front2', 'back', 'leaf']);
  expect(needed('instantaneous')).toEqual(['front', 'front2', 'back', 'leaf', 'spare']);
  expect(needed('edge-only-exchanged')).toContain('idle');
  expect(needed('http-scope')).toContain('raw');
});

describe('what lint finds in a look at metrics', () => {
  const fixture = `name: met
title: A caller and a server
namespaces: [{ name: met, enrolled: true }]
workloads:
  - { name: front, listeners: [{ port: 8080, protocol: http }] }
  - { name: back, controller: StatefulSet, listeners: [{ port: 8080, protocol: http }] }
services:
  - { name: back, selector: { app: back }, ports: [{ port: 8080, protocol: http }] }
baseline: { allowed: [{ from: front, to: back }] }
load:
  - { name: front, from: front, to: back, perWindow: 10 }
`;
  const assertion = (step: string, fixtureName = 'met', kind = 'capability'): string => `id: traffic-metrics/one
title: Something is counted
kind: ${kind}
requirement:
  specification: traffic-metrics
  versions: [v1alpha1]
  level: should
  source: traffic-metrics, Specification
  text: What is sent is counted, and what is not sent is not, by whatever the mesh has.
fixture: ${fixtureName}
gates: []
ignoring: Nothing is counted.
steps:
  - measure: ${step}
`;
  const problems = async (text: string): Promise<string[]> => {
    await using folder = await suiteFolder({ 'fixtures/met.yaml': fixture, 'traffic-metrics/one.yaml': text });
    return (await lintSuite(folder.path)).map((problem) => describeProblem(problem).replaceAll(`${folder.path}/`, ''));
  };

  test('is nothing in one that is right', async () => {
    expect(await problems(assertion('{ load: [front], read: { get: statefulsets/back }, shows: [{ traffic: some }] }'))).toEqual([]);
    expect(await problems(assertion('{ read: { api: service }, shows: [{ available: true }] }', 'none', 'presence'))).toEqual([]);
    expect(await problems(assertion('{ read: { get: no-such-things/no-such-one }, shows: [{ status: 4xx }] }'))).toEqual([]);
  });

  test.each([
    ['a load that is not there', '{ load: [fron], read: { get: pods/back }, shows: [{ traffic: some }] }', 'has no load fron; did you mean front?'],
    ['a load that is ended before it began', '{ ended: [front], read: { get: pods/back }, shows: [{ traffic: none }] }', 'front is not under way at this step'],
    ['a load that is compared with and not sent', '{ read: { get: pods/back }, shows: [{ count: total, like: [front], within: 0.5 }] }', 'front has to be among the loads of the step'],
    ['a workload that is not there', '{ load: [front], read: { get: pods/bac }, shows: [{ traffic: some }] }', 'has no workload bac; did you mean back?'],
    ['a workload of another kind', '{ load: [front], read: { get: deployments/back }, shows: [{ traffic: some }] }', 'back is a StatefulSet, not a Deployment'],
    ['a Service that is not there', '{ load: [front], read: { get: services/front }, shows: [{ traffic: some }] }', 'has no Service front'],
    ['a namespace that is not there', '{ load: [front], read: { get: namespaces/other }, shows: [{ traffic: some }] }', 'has no namespace other'],
    ['a resource that there is not', '{ load: [front], read: { get: deployment/back }, shows: [{ traffic: some }] }', 'there are no metrics of deployment; did you mean deployments?'],
    ['a list of what there is not', '{ load: [front], read: { list: widgets }, shows: [{ traffic: some }] }', 'there are no metrics of widgets'],
    ['a peer that is not there', '{ load: [front], read: { edges: pods/back }, shows: [{ of: { peer: pods/frond }, traffic: some }] }', 'has no workload frond'],
    ['two readings in one', '{ load: [front], read: { get: pods/back, list: pods }, shows: [{ traffic: some }] }', '/steps/0/measure/read'],
    ['two claims in one', '{ load: [front], read: { get: pods/back }, shows: [{ traffic: some, ordered: true }] }', '/steps/0/measure/shows/0'],
    ['nothing that has to be shown', '{ load: [front], read: { get: pods/back }, shows: [] }', '/steps/0/measure/shows'],
  ])('is %s', async (_what, step, expected) => {
    expect(await problems(assertion(step))).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });

  test('is the API itself beside other steps, or without need of a fixture for anything else', async () => {
    expect(await problems(assertion('{ load: [front], read: { get: pods/back }, shows: [{ traffic: some }] }', 'none'))).toEqual([expect.stringContaining('without a fixture only definitions, and the metrics API itself')]);
    expect(await problems(`${assertion('{ read: { api: service }, shows: [{ available: true }] }')}  - measure: { load: [front], read: { get: pods/back }, shows: [{ traffic: some }] }\n`)).toEqual([expect.stringContaining('has no other steps')]);
  });
});
