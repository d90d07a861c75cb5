import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import type { StepObservation } from '../../src/model/observation.ts';
import type { Traffic } from '../../src/model/assertion.ts';
import type { Expected } from '../../src/model/observation.ts';
import type { AssertionResult, Report } from '../../src/model/report.ts';
import { reportSchema } from '../../src/model/report.ts';
import { toJson } from '../../src/report/index.ts';
import { allGood, openNetwork, sampleReport } from './sample.ts';

interface Schema {
  $id?: string;
  $ref?: string;
  description?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  definitions?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
  const?: unknown;
  enum?: unknown[];
  type?: string;
}

const schema = JSON.parse(readFileSync(new URL('../../schema/report-v1.schema.json', import.meta.url), 'utf8')) as Schema;
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(schema);
const errorsOf = (value: unknown): string[] => (validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`));

/** Every optional property there: the compiler refuses a sample that leaves one out. */
type Full<T> = T extends readonly (infer E)[] ? Full<E>[] : T extends object ? { [K in keyof T]-?: Full<T[K]> } : T;

const traffic: Full<Traffic> = { from: 'alice', to: 'srv', protocol: 'http', port: 8080, via: 'pod', method: 'GET', path: '/x', headers: { 'user-agent': 'curl', 'x-ver': ['stable', 'beta'] }, posingAs: 'bob' };
const look: Full<Extract<StepObservation, { verb: 'always' }>>['measured'] = {
  purpose: 'measure', at: 1, durationMs: 2.5, holds: true,
  seen: [{
    traffic,
    expected: { outcome: 'allowed' }, attempts: 20, answers: { srv: 20 }, answersByPort: { 'srv:8080': 20 }, refusals: { 'HTTP 403': 0 }, reached: { srv: 20 }, alive: true, starvedMs: 700, longestRun: 20,
  }],
};
const expectations: { [O in Expected['outcome']]: Full<Extract<Expected, { outcome: O }>> } = {
  allowed: { outcome: 'allowed' },
  denied: { outcome: 'denied' },
  answered: { outcome: 'answered', by: ['web-v1'], mayRefuse: true },
  shares: { outcome: 'shares', shares: { 'web-v1': 75, 'web-v2': 25 }, ports: { 'web-v1': 8081 }, refused: 10 },
  recorded: { outcome: 'recorded' },
};
const write: Full<Extract<StepObservation, { verb: 'apply' }>>['writes'][number] = { kind: 'TrafficSplit', name: 'web', apiVersion: 'split.smi-spec.io/v1alpha2', outcome: 'refused', message: 'spec.backends: Required value' };
const steps: { [V in StepObservation['verb']]: Full<Extract<StepObservation, { verb: V }>> } = {
  apply: { verb: 'apply', writes: [write] },
  patch: { verb: 'patch', writes: [write] },
  delete: { verb: 'delete', objects: [{ kind: 'TrafficSplit', name: 'web', namespace: 'spl' }] },
  try: { verb: 'try', writes: [write] },
  rejected: { verb: 'rejected', writes: [write], otherwise: look },
  throughout: { verb: 'throughout', durationMs: 30_000, looks: { count: 3, lastFailing: look }, measured: look },
  record: { verb: 'record', measured: { ...look, purpose: 'record' } },
  start: { verb: 'start', workloads: [{ workload: 'late', replicas: 1 }], durationMs: 12.5 },
  restart: { verb: 'restart', workloads: [{ workload: 'srv', replicas: 1 }], durationMs: 12.5 },
  scale: { verb: 'scale', workloads: [{ workload: 'srv', replicas: 0 }], durationMs: 12.5 },
  hold: { verb: 'hold', name: 'open', traffic },
  release: { verb: 'release', name: 'open', held: { traffic, connection: 'kept', durationMs: 1, attempts: 2, answers: { srv: 1 }, refusals: { 'HTTP 403': 1 }, brokenAfterMs: 3 } },
  eventually: { verb: 'eventually', convergenceMs: 12.5, deadlineMs: 120_000, looks: { count: 3, lastFailing: look }, measured: look, otherwise: look },
  always: { verb: 'always', measured: { ...look, seen: Object.values(expectations).flatMap((expected) => look.seen.map((seen) => ({ ...seen, expected }))) }, otherwise: look },
  sample: { verb: 'sample', convergenceMs: 12.5, deadlineMs: 120_000, looks: { count: 3, lastFailing: look }, measured: look, intervals: [{ workload: 'web-v1', low: 681, high: 815, seen: 744 }] },
  measure: { verb: 'measure', source: 'v1alpha1.metrics.smi-spec.io', subject: 'deployments/back', readings: 3, durationMs: 12.5, shown: [{ holds: false, expected: 'some', seen: 'none' }], otherwise: [{ holds: true, expected: 'none', seen: 'none' }], unanswered: ['front'] },
  observe: { verb: 'observe', subject: 'TrafficTarget t', holds: true, expected: 'it is gone', seen: 'it is gone' },
};
const result: Full<AssertionResult> = {
  id: 'traffic-access/default-deny', version: 'v1alpha3', title: 'Title', specification: 'traffic-access', kind: 'capability', level: 'must', gate: true,
  requirement: { text: 'Text', source: 'Source' }, verdict: 'partial', reason: 'Reason', expected: 'expected', seen: 'seen', failedStep: 0, lane: 'access-1',
  startedMs: 1, durationMs: 2, convergenceMs: 3, steps: Object.values(steps), afterwards: 'still allowed', added: true,
};
const figure: Full<Report['summary']['must']> = { passed: 0, partial: 1, failed: 0, inconclusive: 0, applicable: 1, score: 0.5 };
const summary: Full<Report['summary']> = { pass: 0, partial: 1, fail: 0, skip: 0, inconclusive: 0, error: 0, info: 0, total: 1, must: figure, should: figure };
const offer: Full<NonNullable<Report['offered']['traffic-access']>> = { versions: ['v1alpha3'], kinds: ['TrafficTarget'], without: ['IdentityBinding'] };
const full: Full<Report> = {
  $schema: reportSchema, schemaVersion: 1,
  run: { id: 'a1b2c3', startedAt: '2026-11-21T08:50:00Z', durationMs: 1, only: ['traffic-access/*'], skip: ['x'], concurrency: 4, fault: 'open-network', application: 'layer5/learn-layer5:latest', shard: { index: 1, of: 2, planned: ['traffic-access/default-deny@v1alpha3'] }, shards: [{ index: 1, id: 'd4e5f6', startedAt: '2026-11-21T08:50:00Z', durationMs: 1 }], tool: 'smi-conformance 0.1.0' },
  suite: { version: '0.1.0', digest: 'ab'.repeat(32), assertions: 1, smiRelease: 'v0.6.0', added: { digest: 'cd'.repeat(32), assertions: 1 } },
  mesh: { id: 'osm', name: 'Open Service Mesh', version: 'v1.2.4', images: [{ image: 'osm', digest: 'sha256:ab', kind: 'image-id' }] },
  kubernetes: { version: 'v1.34.4', cluster: 'embedded' },
  served: [{ group: 'access.smi-spec.io', version: 'v1alpha3', kinds: ['TrafficTarget'] }],
  metricsSource: 'v1alpha1.metrics.smi-spec.io',
  offered: { 'traffic-access': offer, 'traffic-specs': offer, 'traffic-split': offer, 'traffic-metrics': offer },
  timing: { name: 'standard', applyMs: 1, applyFactor: 2, applyFloorMs: 3, readyMs: 4, deleteMs: 5, awayMs: 8, requestMs: 6, holdMs: 7, metrics: { windowMs: 100, density: 1, settleMs: 50, readings: 2, pauseMs: 10 } },
  complete: false, incompleteBecause: ['only traffic-access/* was asked for'], result: 'incomplete', failOn: ['must'], summary,
  specifications: (['traffic-access', 'traffic-specs', 'traffic-split', 'traffic-metrics'] as const).map((specification) => ({ specification, capability: 'partial', capabilityReason: 'no UDPRoute', compliance: 'incomplete', summary })),
  statistics: { alpha: 1e-6, checks: 1, falseFailure: 7.76e-7 }, added: summary,
  phases: [{ name: 'run', durationMs: 1 }], warnings: ['careful'], assertions: [result],
};

describe('the published schema', () => {
  test('bears the name that reports bear', () => expect(schema.$id).toBe(reportSchema));
  test('takes a report with every property that there is', () => expect(errorsOf(full)).toEqual([]));
  test.each([['usual', {}], ['open', openNetwork], ['good', allGood]])('takes what a run writes: %s', (_name, change) => {
    expect(errorsOf(JSON.parse(toJson(sampleReport(change))))).toEqual([]);
  });
  test('describes no property that a report cannot have', () => {
    const inSample = new Set(pathsOfSample(full, schema));
    expect(pathsOfSchema(schema).filter((path) => !inSample.has(path))).toEqual([]);
  });
  test('is closed everywhere', () => {
    const open = objectsOf(schema).filter(({ properties, additionalProperties }) => properties !== undefined && additionalProperties !== false);
    expect(open.filter(({ type }) => type === 'object')).toEqual([]);
  });
});

describe('a report that is not one is refused', () => {
  type Change = (report: Record<string, never> & Report) => unknown;
  const first = (report: Report): AssertionResult => report.assertions.find(({ verdict }) => verdict === 'fail') ?? never();
  const changes: [name: string, change: Change][] = [
    ['another schema version', (report) => Object.assign(report, { schemaVersion: 2 })],
    ['an unknown property', (report) => Object.assign(report, { extra: 1 })],
    ['an unknown property of a result', (report) => Object.assign(first(report), { note: 'x' })],
    ['an unknown property of a look', (report) => report.assertions.forEach(({ steps: list }) => list.forEach((step) => step.verb === 'always' && Object.assign(step.measured, { note: 1 })))],
    ['a missing part', (report) => Reflect.deleteProperty(report, 'statistics')],
    ['an unknown verdict', (report) => Object.assign(first(report), { verdict: 'passed' })],
    ['a failure without a reason', (report) => Reflect.deleteProperty(first(report), 'reason')],
    ['a negative duration', (report) => Object.assign(first(report), { durationMs: -1 })],
    ['an id without a specification', (report) => Object.assign(first(report), { id: 'default-deny' })],
    ['complete with a reason against it', (report) => Object.assign(report, { incompleteBecause: ['x'] })],
    ['complete, yet the result is incomplete', (report) => Object.assign(report, { result: 'incomplete' })],
    ['incomplete, yet it passed', (report) => Object.assign(report, { complete: false, incompleteBecause: ['x'], result: 'passed' })],
    ['a score above 1', (report) => Object.assign(report.summary.must, { score: 1.5 })],
    ['a specification too few', (report) => report.specifications.pop()],
    ['a digest that is none', (report) => Object.assign(report.suite, { digest: 'latest' })],
  ];
  test.each(changes)('%s', (_name, change) => {
    const report = JSON.parse(toJson(sampleReport(allGood))) as Parameters<Change>[0];
    Object.assign(report.assertions[0] ?? never(), { verdict: 'fail', reason: 'It failed' });
    expect(errorsOf(report)).toEqual([]);
    change(report);
    expect(errorsOf(report)).not.toEqual([]);
  });
});

/** Every property that the schema names, as a path through its definitions. */
function pathsOfSchema(node: Schema, name = ''): string[] {
  if (node.$ref) return pathsOfSchema(target(node.$ref), node.$ref.slice(14));
  const own = Object.entries(node.properties ?? {}).flatMap(([key, value]) => [`${name}.${key}`, ...pathsOfSchema(value, `${name}.${key}`)]);
  const unions = (node.oneOf ?? []).flatMap((one) => pathsOfSchema(one, `${name}<${discriminant(one)}>`));
  return [...new Set([...own, ...unions, ...(node.items ? pathsOfSchema(node.items, name) : [])])];
}

/** The same paths, walked along a value. */
function pathsOfSample(value: unknown, node: Schema, name = ''): string[] {
  if (node.$ref) return pathsOfSample(value, target(node.$ref), node.$ref.slice(14));
  if (Array.isArray(value)) return value.flatMap((one) => pathsOfSample(one, node.items ?? {}, name));
  if (typeof value !== 'object' || value === null) return [];
  const chosen = node.oneOf?.find((one) => Object.values(value).includes(discriminant(one)));
  if (chosen) return pathsOfSample(value, chosen, `${name}<${discriminant(chosen)}>`);
  return Object.entries(value).flatMap(([key, one]) => [`${name}.${key}`, ...pathsOfSample(one, node.properties?.[key] ?? {}, `${name}.${key}`)]);
}

function discriminant({ properties = {} }: Schema): string {
  return String((properties['verb'] ?? properties['outcome'])?.const);
}

function target(reference: string): Schema {
  return schema.definitions?.[reference.slice(14)] ?? never();
}

function objectsOf(node: unknown): Schema[] {
  if (typeof node !== 'object' || node === null) return [];
  return [node as Schema, ...Object.values(node).flatMap(objectsOf)];
}

function never(): never {
  throw new Error('the sample lacks it');
}
