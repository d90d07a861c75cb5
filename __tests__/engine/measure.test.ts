import { describe, expect, test } from '@jest/globals';
import type { Cluster, KubeObject } from '../../src/cluster/port.ts';
import { measureStep } from '../../src/engine/steps/measure.ts';
import { emptyWorkspace, type Workspace } from '../../src/engine/workspace.ts';
import type { Lane, LaneProbe } from '../../src/fixture/lane.ts';
import type { MetricsQuery, MetricsSource } from '../../src/metrics/index.ts';
import type { Fixture } from '../../src/model/fixture.ts';
import type { Measure } from '../../src/model/metrics.ts';
import type { ProbeClient } from '../../src/probe/client.ts';
import type { LoadedReply, LoadRequest } from '../../src/probe/protocol.ts';
import { fakeContext } from './fake-lane.ts';

const fixture: Fixture = {
  name: 'bed', title: 'A bed', namespaces: [{ name: 'met', enrolled: true }, { name: 'far', enrolled: true }],
  workloads: [{ name: 'front', listeners: [] }, { name: 'back', replicas: 2, listeners: [] }],
  services: [{ name: 'back', selector: { app: 'back' }, ports: [{ port: 8080, protocol: 'http' }] }],
  baseline: { allowed: [{ from: 'front', to: 'back' }] },
  load: [{ name: 'front', from: 'front', to: 'back', perWindow: 10, failEvery: 5, slow: { of: 10, count: 1, ms: 20 } }],
};

/** A lane whose caller's probe says of its load what a function gives, and that keeps what it was asked. */
function laneOf(loaded: (asked: number) => Partial<LoadedReply>): { lane: Lane; workspace: Workspace; loads: LoadRequest[]; ended: string[] } {
  const loads: LoadRequest[] = [];
  const ended: string[] = [];
  let asked = 0;
  const client: Pick<ProbeClient, 'load' | 'loaded' | 'unload'> = {
    load: (load) => Promise.resolve(void loads.push(load)),
    loaded: () => Promise.resolve({ runsMs: 1000, sent: 100, successes: 8, failures: 2, refusals: {}, ...loaded((asked += 1)) }),
    unload: (name) => Promise.resolve(void ended.push(name)),
  };
  const probe = (workload: string, pod: string): LaneProbe => ({ workload: { name: workload, listeners: [] }, pod: { name: pod, namespace: 'real', workload, ip: '10.0.0.1' }, client: client as ProbeClient });
  const lane: Lane = { name: 'bed-1', fixture, namespaces: new Map([['met', 'real'], ['far', 'real-far']]), probes: new Map([['met/front', probe('front', 'front-x')], ['met/back', probe('back', 'back-x')], ['met/back#2', probe('back', 'back-y')]]) };
  return { lane, workspace: emptyWorkspace(lane, {}, 0), loads, ended };
}

/** A source that answers with so many successes and failures, and keeps what it was asked. */
function sourceOf(answer: (query: MetricsQuery, as: string | undefined, asked: number) => { status?: number; success?: number; failure?: number }): MetricsSource & { asked: [MetricsQuery, string?][] } {
  const asked: [MetricsQuery, string?][] = [];
  return {
    kind: 'api', name: 'somewhere', asked, describe: (what) => Promise.resolve({ status: 200, body: { kind: what } }),
    read(query, { as } = {}) {
      asked.push(as === undefined ? [query] : [query, as]);
      const { status = 200, success = 8, failure = 2 } = answer(query, as, asked.length);
      const metrics = [{ name: 'success_count', value: success }, { name: 'failure_count', value: String(failure) }];
      return Promise.resolve({ status, body: { kind: 'TrafficMetrics', resource: { kind: 'X', name: query.name ?? '' }, window: '100ms', metrics } });
    },
  };
}

const run = (measure: Measure, workspace: Workspace | undefined, metrics: MetricsSource, more: object = {}, otherwise?: Parameters<typeof measureStep>[1]) => measureStep(measure, otherwise, workspace, fakeContext({ metrics, ...more }));

describe('measure', () => {
  test('begins each load once in a lane, at the rate of the profile, and compares with what was answered', async () => {
    const { workspace, loads } = laneOf(() => ({}));
    const source = sourceOf(() => ({}));
    const measure: Measure = { load: ['front'], read: { get: 'deployments/back' }, shows: [{ count: 'total', like: ['front'], within: 0.1 }] };
    const seen = await run(measure, workspace, source);
    expect(seen).toMatchObject({ verb: 'measure', source: 'somewhere', subject: 'deployments/back', readings: 2, shown: [{ holds: true, seen: '10 of 10, 10 of 10 in the window' }] });
    await run(measure, workspace, source);
    expect(loads).toHaveLength(1);
    expect(loads[0]).toMatchObject({ perSecond: 100, failEvery: 5, slow: { of: 10, count: 1, ms: 20 }, request: { protocol: 'http', host: 'back.real.svc.cluster.local', port: 8080 } });
  });

  test('waits until a load has run for as long as the profile says', async () => {
    const { workspace } = laneOf(() => ({}));
    const context = fakeContext({ metrics: sourceOf(() => ({})) });
    const began = context.now();
    await measureStep({ load: ['front'], read: { get: 'deployments/back' }, shows: [{ traffic: 'some' }] }, undefined, workspace, context);
    // A timer counts whole milliseconds of another clock, so it may end a little early by this one.
    expect(context.now() - began).toBeGreaterThan(45);
  });

  test('waits until requests that belong to no load have left the window', async () => {
    const { workspace } = laneOf(() => ({}));
    const context = fakeContext({ metrics: sourceOf(() => ({})) });
    const measure: Measure = { load: ['front'], read: { get: 'deployments/back' }, shows: [{ traffic: 'some' }] };
    await measureStep(measure, undefined, workspace, context);
    // The load has gone on for long enough: what is waited for is the other traffic's.
    workspace.besideLoadsAt = context.now();
    await measureStep(measure, undefined, workspace, context);
    expect(context.now() - workspace.besideLoadsAt).toBeGreaterThan(45);
  });

  test.each<[string, Measure['read'], MetricsQuery]>([
    ['a workload', { get: 'deployments/back' }, { resource: 'deployments', namespace: 'real', name: 'back' }],
    ['a pod of it', { get: 'pods/back' }, { resource: 'pods', namespace: 'real', name: 'back-x' }],
    ['edges', { edges: 'deployments/back' }, { resource: 'deployments', namespace: 'real', name: 'back', edges: true }],
    ['a namespace', { get: 'namespaces/far' }, { resource: 'namespaces', name: 'real-far' }],
    ['another namespace', { get: 'deployments/far/x' }, { resource: 'deployments', namespace: 'real-far', name: 'x' }],
    ['a node', { get: 'nodes/back' }, { resource: 'nodes', name: 'node-1' }],
    ['a list', { list: 'pods', labels: { tier: 'a' } }, { resource: 'pods', namespace: 'real', labels: { tier: 'a' } }],
    ['a list of all namespaces', { list: 'pods', everywhere: true }, { resource: 'pods' }],
    ['what is not there', { get: 'pods/no-such-pod' }, { resource: 'pods', namespace: 'real', name: 'no-such-pod' }],
    ['what there is not', { get: 'no-such-things/no-such-one' }, { resource: 'no-such-things', namespace: 'real', name: 'no-such-one' }],
  ])('asks for %s by its real names', async (_what, read, query) => {
    const source = sourceOf(() => ({}));
    const cluster = { get: () => Promise.resolve({ spec: { nodeName: 'node-1' } }) } as unknown as Cluster;
    await run({ ...(read && { read }), shows: [{ noted: true }] }, laneOf(() => ({})).workspace, source, { cluster });
    expect(source.asked).toEqual([[query]]);
  });

  test('takes a reading again that was made while a load was not what it should be', async () => {
    // Weak for the first look after it settled, and for the one after the first reading.
    const { workspace } = laneOf((asked) => (asked === 1 || asked === 4 ? { successes: 1, failures: 0 } : {}));
    const source = sourceOf(() => ({}));
    const seen = await run({ load: ['front'], read: { get: 'deployments/back' }, shows: [{ count: 'success', like: ['front'], within: 0.1 }] }, workspace, source);
    expect(seen).toMatchObject({ readings: 2, shown: [{ holds: true }] });
    expect(source.asked.length).toBe(3);
  });

  test('is no verdict on a mesh where the machine cannot keep the load up, and is one where the mesh refuses it', async () => {
    const measure: Measure = { load: ['front'], read: { get: 'deployments/back' }, shows: [{ traffic: 'some' }] };
    await expect(run(measure, laneOf(() => ({ successes: 1, failures: 0 })).workspace, sourceOf(() => ({})))).rejects.toMatchObject({ code: 'POD_NOT_READY', message: expect.stringContaining('too slow to send the loads') });
    await expect(run(measure, laneOf(() => ({ successes: 0, failures: 0, refusals: { timeout: 10 } })).workspace, sourceOf(() => ({})))).rejects.toThrow('10 were given up');
    const late: Measure = { ...measure, shows: [{ latency: { p50: [0, 1] } }] };
    await expect(run(late, laneOf(() => ({ overheadMs: 400 })).workspace, sourceOf(() => ({})))).rejects.toThrow('heard 400 ms late');
    const refused = await run(measure, laneOf(() => ({ successes: 0, failures: 0, refusals: { 'HTTP 403': 10 } })).workspace, sourceOf(() => ({ success: 0, failure: 0 })));
    expect(refused).toMatchObject({ shown: [{ holds: false }] });
  });

  test('ends loads, and awaits what metrics show then', async () => {
    const { workspace, ended, loads } = laneOf(() => ({}));
    await run({ load: ['front'], read: { get: 'deployments/back' }, shows: [{ traffic: 'some' }] }, workspace, sourceOf(() => ({})));
    const source = sourceOf((_query, _as, asked) => (asked < 3 ? {} : { success: 0, failure: 0 }));
    const seen = await run({ ended: ['front'], read: { get: 'deployments/back' }, shows: [{ traffic: 'none' }] }, workspace, source);
    expect(seen).toMatchObject({ shown: [{ holds: true }] });
    expect(ended).toEqual([loads[0]?.name]);
    const forever = await run({ load: ['front'], read: { get: 'deployments/back' }, shows: [{ traffic: 'none' }] }, workspace, sourceOf(() => ({})));
    expect([forever, loads.length]).toMatchObject([{ shown: [{ holds: false }] }, 2]);
    await expect(run({ ended: ['other'], shows: [{ traffic: 'none' }] }, workspace, source)).rejects.toThrow('not under way');
  });

  test('reads as an account that may get what it says, and leaves nothing behind', async () => {
    const written: KubeObject[] = [];
    const gone: string[] = [];
    const cluster = { create: (one: KubeObject) => Promise.resolve(void written.push(one)), delete: ({ kind }: { kind: string }) => Promise.resolve(void gone.push(kind)) } as unknown as Cluster;
    const source = sourceOf((_query, _as, asked) => ({ status: asked < 2 ? 403 : 200 }));
    const seen = await run({ read: { get: 'pods/back', as: ['pods', 'pods/edges'] }, shows: [{ status: 200 }] }, laneOf(() => ({})).workspace, source, { cluster });
    // Permissions take a moment to be known.
    expect(seen).toMatchObject({ shown: [{ holds: true }], subject: 'pods/back by an account that may get pods, pods/edges' });
    expect(written[0]).toMatchObject({ kind: 'Role', metadata: { namespace: 'real', labels: { 'smi-conformance/run': 'run' } }, rules: [{ apiGroups: ['metrics.smi-spec.io'], resources: ['pods', 'pods/edges'], verbs: ['get'] }] });
    expect(source.asked[0]?.[1]).toBe(`system:serviceaccount:real:${written[0]?.metadata.name}`);
    expect(gone).toEqual(['RoleBinding', 'Role', 'RoleBinding', 'Role']);
    written.length = 0;
    await run({ read: { get: 'pods/back', as: [] }, shows: [{ status: 200 }] }, laneOf(() => ({})).workspace, sourceOf(() => ({})), { cluster });
    expect(written).toEqual([]);
  });

  test('compares with another reading of the same moment', async () => {
    const source = sourceOf(({ resource }) => (resource === 'namespaces' ? { success: 80, failure: 20 } : { success: 8, failure: 2 }));
    const seen = await run({ load: ['front'], read: { get: 'deployments/back' }, shows: [{ sameAs: { get: 'namespaces/met' }, within: 0.3 }] }, laneOf(() => ({})).workspace, source);
    expect(seen).toMatchObject({ shown: [{ holds: false, seen: '10 and 100, 10 and 100' }] });
  });

  test('looks at the lesser form only where the claims do not hold', async () => {
    const lesser = { verdict: 'partial' as const, reason: 'lesser', shows: [{ status: '5xx' as const }] };
    const look = (status: number) => run({ read: { get: 'pods/no-such-pod' }, shows: [{ status: '4xx' }] }, laneOf(() => ({})).workspace, sourceOf(() => ({ status })), {}, lesser);
    expect(await look(404)).not.toHaveProperty('otherwise');
    expect(await look(500)).toMatchObject({ shown: [{ holds: false }], otherwise: [{ holds: true }] });
  });

  test('asks about the API itself without a lane, and says what loads were sent without reading', async () => {
    expect(await run({ read: { api: 'service' }, shows: [{ available: true }] }, undefined, sourceOf(() => ({})))).toMatchObject({ subject: 'the registration of the metrics API', shown: [{ holds: false }] });
    const { workspace } = laneOf(() => ({}));
    expect(await run({ load: ['front'], shows: [{ sent: ['front'], within: 0.1 }] }, workspace, sourceOf(() => ({})))).toMatchObject({ source: 'none', subject: 'the loads', shown: [{ holds: true }] });
  });
});
