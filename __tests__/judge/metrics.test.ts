import { describe, expect, test } from '@jest/globals';
import { type LoadSeen, type MetricsEvidence, type MetricsSample, shownBy, windowOf } from '../../src/judge/index.ts';
import type { Shown } from '../../src/model/metrics.ts';

type Numbers = Partial<Record<'p50' | 'p90' | 'p99' | 'success' | 'failure', string>>;
const metrics = ({ p50 = '10m', p90 = '11m', p99 = '1', success = '80', failure = '20' }: Numbers = {}, unit = 'seconds'): object[] => [
  ...Object.entries({ p50, p90, p99 }).map(([name, value]) => ({ name: `${name}_response_latency`, unit, value })),
  { name: 'success_count', value: success }, { name: 'failure_count', value: failure },
];
const one = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  kind: 'TrafficMetrics', resource: { kind: 'Deployment', namespace: 'real', name: 'back' }, edge: { direction: 'from', side: 'server', resource: {} },
  timestamp: '2026-11-21T10:00:00Z', window: '30s', metrics: metrics(), ...more,
});
const list = (...items: object[]): object => ({ kind: 'TrafficMetricsList', resource: { kind: 'Deployment', namespace: 'real', name: 'back' }, items });
const edge = (direction: string, name: string, numbers: Numbers = {}, side?: string): object => one({ edge: { direction, ...(side && { side }), resource: { kind: 'Deployment', namespace: 'real', name } }, metrics: metrics(numbers) });
const load = (successes: number, failures = 0, more: Partial<LoadSeen> = {}): LoadSeen => ({ sent: 100, planned: 100, successes, failures, refusals: {}, ...more });
const at = Date.parse('2026-11-21T10:00:00Z');
const sample = (body: unknown, more: Partial<MetricsSample> = {}): MetricsSample => ({ at, status: 200, body, others: {}, loads: {}, ...more });
const places = Object.fromEntries(['back', 'leaf', 'front', 'front2', 'idle'].map((name) => [`deployments/${name}`, { kind: 'Deployment', namespace: 'real', names: [name] }]));
const evidence = (...samples: MetricsSample[]): MetricsEvidence => ({
  samples, asked: { kind: 'Deployment', namespace: 'real', names: ['back'] }, places: { ...places, 'pods/back': { kind: 'Pod', namespace: 'real', names: ['back-1', 'back-2'] } },
});
const podItem = (name: string): object => one({ resource: { kind: 'Pod', namespace: 'real', name } });
const apiService = (status: string, group = 'metrics.smi-spec.io'): object => ({ spec: { group, version: 'v1alpha1' }, status: { conditions: [{ type: 'Available', status, message: 'why' }] } });
const resource = (name: string, namespaced: boolean, more: object = {}): object => ({ name, namespaced, kind: 'TrafficMetrics', verbs: ['get', 'list'], ...more });
const resources = (...all: object[]): object => ({ kind: 'APIResourceList', resources: all });
const backend = (name: string, weight: number, success: string): object => one({ backend: { apex: 'web', name, weight }, metrics: metrics({ success, failure: '0' }) });

interface Case { shown: Shown; right: MetricsSample[]; wrong: [what: string, samples: MetricsSample[], seen: string][] }
const cases: Record<string, Case> = {
  status: { shown: { status: '4xx' }, right: [sample({ kind: 'Status' }, { status: 404 })], wrong: [['success', [sample({})], 'HTTP 200'], ['no JSON', [sample(undefined, { status: 404 })], 'no JSON'], ['a failure', [sample({}, { status: 500 })], 'HTTP 500']] },
  'an exact status': { shown: { status: 403 }, right: [sample({}, { status: 403 })], wrong: [['another', [sample({}, { status: 404 })], 'HTTP 404']] },
  available: { shown: { available: true }, right: [sample(apiService('True'))], wrong: [['not available', [sample(apiService('False'))], 'why'], ['another group', [sample(apiService('True', 'x'))], 'x v1alpha1'], ['nothing', [sample({}, { status: 404 })], 'HTTP 404']] },
  lists: {
    shown: { lists: ['pods', 'namespaces'] }, right: [sample(resources(resource('pods', true), resource('namespaces', false), resource('pods/edges', true, { verbs: [] })))],
    wrong: [['one missing', [sample(resources(resource('pods', true)))], 'no namespaces'], ['another kind', [sample(resources(resource('pods', true, { kind: 'X' }), resource('namespaces', false)))], 'pods is X'], ['no list verb', [sample(resources(resource('pods', true, { verbs: ['get'] }), resource('namespaces', false)))], '["get"]'], ['no list', [sample({ kind: 'X' })], 'no pods and namespaces']],
  },
  scoped: { shown: { scoped: true }, right: [sample(resources(resource('pods', true), resource('nodes', false)))], wrong: [['a node in a namespace', [sample(resources(resource('nodes', true)))], 'nodes is namespaced: true'], ['a pod in none', [sample(resources(resource('pods', false)))], 'pods is namespaced: false'], ['nothing', [sample(resources())], 'no resources']] },
  whole: {
    shown: { whole: true }, right: [sample(one())],
    wrong: [
      ...(['edge', 'timestamp', 'window', 'metrics', 'kind'] as const).map((part): [string, MetricsSample[], string] => [`no ${part}`, [sample(one({ [part]: undefined }))], part]),
      ['another resource', [sample(one({ resource: { kind: 'Deployment', namespace: 'real', name: 'other' } }))], 'Deployment real/other'],
      ['another namespace', [sample(one({ resource: { kind: 'Deployment', namespace: 'x', name: 'back' } }))], 'x/back'],
      ['a value that is no number', [sample(one({ metrics: metrics({ p90: 'NaN' }) }))], 'p90_response_latency is no number'],
      ['a window that is no duration', [sample(one({ window: '30' }))], '"30"'],
    ],
  },
  list: { shown: { list: true }, right: [sample(list())], wrong: [['one object', [sample(one())], 'TrafficMetrics of'], ['a list of another', [sample({ kind: 'TrafficMetricsList', resource: { kind: 'Pod' } })], 'of Pod']] },
  'the five metrics': { shown: { metrics: 'once' }, right: [sample(one({ metrics: [...metrics(), { name: 'more', value: 1 }] }))], wrong: [['one missing', [sample(one({ metrics: metrics().slice(1) }))], 'p50_response_latency is missing'], ['one twice', [sample(one({ metrics: [...metrics(), ...metrics().slice(0, 1)] }))], 'there 2 times']] },
  current: {
    shown: { current: true }, right: [sample(one()), sample(one({ timestamp: '2026-11-21T10:00:01Z' }), { at: at + 1000 })],
    wrong: [['standing still', [sample(one()), sample(one(), { at: at + 1000 })], 'does not go on'], ['minutes off', [sample(one(), { at: at + 130_000 }), sample(one({ timestamp: '2026-11-21T10:00:01Z' }), { at: at + 131_000 })], 'off by more than'], ['one reading', [sample(one())], 'one reading only'], ['no window', [sample(one({ window: '0s' })), sample(one({ window: '0s', timestamp: '2026-11-21T10:00:01Z' }))], 'no window'], ['no time', [sample(one({ timestamp: 'now' })), sample(one({ timestamp: 'then' }))], 'no times']],
  },
  'some traffic': { shown: { traffic: 'some' }, right: [sample(one())], wrong: [['none', [sample(one({ metrics: metrics({ success: '0', failure: '0' }) }))], '0 successes'], ['nothing there', [sample({}, { status: 404 })], 'HTTP 404'], ['no numbers', [sample(one({ metrics: [] }))], 'no number of successes']] },
  'no traffic': { shown: { traffic: 'none' }, right: [sample(one({ metrics: metrics({ success: '0', failure: '0' }) }))], wrong: [['some', [sample(one())], '80 successes'], ['a failure of the server', [sample({}, { status: 500 })], 'HTTP 500']] },
  'no traffic of what is not there': { shown: { traffic: 'none' }, right: [sample({}, { status: 404 })], wrong: [['some', [sample(one())], '80 successes']] },
  count: {
    shown: { count: 'total', like: ['a', 'b'], within: 0.5 }, right: [sample(one(), { loads: { a: load(70, 10), b: load(5, 5), c: load(900) } })],
    wrong: [['too few', [sample(one(), { loads: { a: load(300, 10) } })], '100 of 310'], ['too many', [sample(one(), { loads: { a: load(50) } })], '100 of 50'], ['no load', [sample(one(), { loads: {} })], '100 of 0']],
  },
  'the median of several counts': { shown: { count: 'success', like: ['a'], within: 0.1 }, right: [80, 80, 800].map((successes) => sample(one(), { loads: { a: load(successes, 100) } })), wrong: [['most of them off', [80, 800, 800].map((successes) => sample(one(), { loads: { a: load(successes) } })), '80 of 800']] },
  'a count of failures': { shown: { count: 'failure', like: ['a'], within: 0.1 }, right: [sample(one(), { loads: { a: load(500, 20) } })], wrong: [['none counted', [sample(one({ metrics: metrics({ success: '100', failure: '0' }) }), { loads: { a: load(80, 20) } })], '0 of 20']] },
  failing: { shown: { failing: [0.15, 0.25] }, right: [sample(one())], wrong: [['none', [sample(one({ metrics: metrics({ failure: '0' }) }))], '0.0 %'], ['nothing', [sample(one({ metrics: metrics({ success: '0', failure: '0' }) }))], 'no requests']] },
  ordered: { shown: { ordered: true }, right: [sample(one())], wrong: [['p90 above p99', [sample(one({ metrics: metrics({ p90: '2' }) }))], '2000 ms'], ['zeros', [sample(one({ metrics: metrics({ p50: '0', p90: '0', p99: '0' }) }))], '0 ms'], ['negative', [sample(one({ metrics: metrics({ p50: '-1' }) }))], '-1000 ms'], ['no number', [sample(one({ metrics: metrics({ p99: 'NaN' }) }))], 'no number']] },
  latency: { shown: { latency: { p50: [1, 250], p99: [500, 10_000] } }, right: [sample(one())], wrong: [['the mean', [sample(one({ metrics: metrics({ p50: '70m', p99: '70m' }) }))], 'p99 70 ms'], ['a thousand times', [sample(one({ metrics: metrics({ p50: '10', p99: '1000' }) }))], 'p50 10000 ms'], ['an unknown unit', [sample(one({ metrics: metrics({}, 'furlongs') }))], 'no number']] },
  'latency in milliseconds': { shown: { latency: { p50: [1, 250] } }, right: [sample(one({ metrics: metrics({ p50: '12' }, 'ms') }))], wrong: [['seconds called so', [sample(one({ metrics: metrics({ p50: '10m' }, 'ms') }))], 'p50 0 ms']] },
  unit: { shown: { unit: ['seconds', 's'] }, right: [sample(one())], wrong: [['another', [sample(one({ metrics: metrics({}, 'ms') }))], 'ms'], ['none', [sample(one({ metrics: [{ name: 'p50_response_latency', value: 1 }] }))], 'none']] },
  edge: { shown: { edge: { direction: 'from', side: 'server', resource: 'nobody' } }, right: [sample(one())], wrong: [['another direction', [sample(one({ edge: { direction: 'to', side: 'server', resource: {} } }))], 'direction to'], ['a resource', [sample(edge('from', 'leaf', {}, 'server'))], 'real/leaf'], ['no edge', [sample(one({ edge: undefined }))], 'undefined']] },
  'an edge without side': { shown: { edge: { side: 'absent' } }, right: [sample(edge('from', 'leaf'))], wrong: [['a side', [sample(edge('from', 'leaf', {}, 'client'))], 'side client']] },
  'items of a selection': {
    shown: { of: { direction: 'from', peer: 'deployments/front' }, traffic: 'some' }, right: [sample(list(edge('from', 'front'), edge('to', 'leaf', { success: '0', failure: '0' })))],
    wrong: [['the other direction', [sample(list(edge('to', 'front')))], 'no such item'], ['another peer', [sample(list(edge('from', 'leaf')))], 'no such item']],
  },
  'the sum of items': { shown: { of: { direction: 'from' }, count: 'total', like: ['a'], within: 0.1 }, right: [sample(list(edge('from', 'front'), edge('from', 'front2'), edge('to', 'leaf')), { loads: { a: load(200) } })], wrong: [['one missing', [sample(list(edge('from', 'front')), { loads: { a: load(200) } })], '100 of 200']] },
  items: { shown: { items: ['pods/back'] }, right: [sample(list(podItem('back-1'), podItem('back-2'), podItem('leaf-1')))], wrong: [['one missing', [sample(list(podItem('back-1')))], 'back-2 is missing'], ['one twice', [sample(list(podItem('back-1'), podItem('back-2'), podItem('back-2')))], 'back-2 is there 2 times']] },
  'only these items': { shown: { items: ['deployments/back'], only: true }, right: [sample(list(one()))], wrong: [['another', [sample(list(one(), podItem('x')))], 'Pod real/x']] },
  without: { shown: { without: ['deployments/idle'] }, right: [sample(list(edge('to', 'leaf')))], wrong: [['an edge of it', [sample(list(edge('to', 'idle', { success: '0', failure: '0' })))], 'deployments/idle']] },
  selector: { shown: { selector: { tier: 'a' } }, right: [sample({ ...list(), selector: { matchLabels: { tier: 'a' } } })], wrong: [['none', [sample(list())], 'null'], ['another', [sample({ ...list(), selector: { matchLabels: { tier: 'b' } } })], '"b"']] },
  'the same as another reading': {
    shown: { sameAs: { list: 'pods' }, where: { item: 'pods/back' }, within: 0.3 }, right: [sample(one({ metrics: metrics({ success: '190', failure: '10' }) }), { others: { 0: { status: 200, body: list(podItem('back-1'), podItem('back-2'), podItem('leaf-1')) } } })],
    wrong: [['one pod', [sample(one(), { others: { 0: { status: 200, body: list(podItem('back-1'), podItem('back-2')) } } })], '100 and 200'], ['nothing there', [sample(one(), { others: { 0: { status: 404, body: {} } } })], 'none']],
  },
  backends: { shown: { backends: { v1: 75, v2: 25 }, root: 'web' }, right: [sample(list(backend('v1', 75, '1'), backend('v2', 25, '1')))], wrong: [['one', [sample(list(backend('v1', 75, '1')))], 'web → v1 75'], ['other weights', [sample(list(backend('v1', 50, '1'), backend('v2', 50, '1')))], 'v1 50'], ['none', [sample(list(one()))], 'undefined']] },
  shares: { shown: { shares: { v1: 75, v2: 25 } }, right: [sample(list(backend('v1', 75, '76'), backend('v2', 25, '24')))], wrong: [['even', [sample(list(backend('v1', 75, '300'), backend('v2', 25, '300')))], 'v1 300'], ['nothing', [sample(list(backend('v1', 75, '0'), backend('v2', 25, '0')))], 'v1 0']] },
  sent: { shown: { sent: ['a'], within: 0.1 }, right: [sample(undefined, { loads: { a: load(0, 0, { sent: 95 }) } })], wrong: [['too few', [sample(undefined, { loads: { a: load(0, 0, { sent: 80 }) } })], 'a 80 of 100'], ['never begun', [sample(undefined)], 'a 0 of 0']] },
};

describe('a claim about metrics', () => {
  test.each(Object.entries(cases))('%s holds where it is so', (_name, { shown, right }) => {
    expect(shownBy(shown, 0, evidence(...right))).toMatchObject({ holds: true });
  });
  const wrongs = Object.entries(cases).flatMap(([name, { shown, wrong }]) => wrong.map(([what, samples, seen]): [string, Shown, MetricsSample[], string] => [`${name}: ${what}`, shown, samples, seen]));
  test.each(wrongs)('%s does not hold, and it says what was seen', (_name, shown, samples, seen) => {
    const judged = shownBy(shown, 0, evidence(...samples));
    expect(judged.holds).toBe(false);
    expect(judged.seen).toContain(seen);
    expect(judged.expected).not.toBe('');
  });
  test('is not held by silence', () => expect(shownBy({ noted: true }, 0, evidence())).toMatchObject({ holds: false }));
  test('that only notes holds whatever is there', () => expect(shownBy({ noted: true }, 0, evidence(sample(one())))).toEqual({ holds: true, expected: 'nothing: it is observed', seen: '80 successes, 20 failures' }));
});

test('the window of an answer is that of its first item', () => {
  expect([windowOf(one()), windowOf(list(one({ window: '1m' }))), windowOf({})]).toEqual([30_000, 60_000, undefined]);
});
