import type { Assertion, Step, Traffic } from '../../src/model/assertion.ts';
import type { RawObservation, Seen, StepObservation } from '../../src/model/observation.ts';
import type { AssertionResult, Report } from '../../src/model/report.ts';
import type { Specification, Version } from '../../src/model/specification.ts';
import { gatesOf, judge } from '../../src/judge/index.ts';
import type { GateState } from '../../src/judge/index.ts';
import { buildReport } from '../../src/report/index.ts';
import type { ReportInput } from '../../src/report/index.ts';
import { look, seen } from '../judge/looks.ts';

/** What OSM offers: one version of each, and of the split none that knows `matches`. */
const offered: Report['offered'] = {
  'traffic-access': { versions: ['v1alpha3'], kinds: ['TrafficTarget'], without: [] },
  'traffic-specs': { versions: ['v1alpha4'], kinds: ['HTTPRouteGroup', 'TCPRoute'], without: ['UDPRoute'] },
  'traffic-split': { versions: ['v1alpha2'], kinds: ['TrafficSplit'], without: [] },
};
const versionOf: Partial<Record<Specification, Version>> = { 'traffic-access': 'v1alpha3', 'traffic-specs': 'v1alpha4', 'traffic-split': 'v1alpha2' };

const gateIds = ['traffic-access/default-deny', 'traffic-access/allow-listed-source', 'traffic-specs/path-selects', 'traffic-split/root-without-split', 'traffic-split/all-to-first'];
const gatesBySpecification: Record<string, string[]> = {
  'traffic-access': gateIds.slice(0, 2),
  'traffic-specs': gateIds.slice(0, 3),
  'traffic-split': gateIds.slice(3),
};

const titles: Record<string, string> = {
  'traffic-access/crd-traffictarget': 'The TrafficTarget type is served in every claimed version',
  'traffic-access/traffictarget-roundtrip': 'A minimal TrafficTarget is stored without losing a field',
  'traffic-access/default-deny': 'With no TrafficTarget nothing reaches a server in the mesh',
  'traffic-access/allow-listed-source': 'A listed source reaches the destination on a listed route',
  'traffic-access/unlisted-source-denied': 'A source that is not listed is denied while a listed one works',
  'traffic-access/identity-not-labels': 'Labels do not confer identity',
  'traffic-access/route-not-listed-denied': 'A route that is not listed is denied',
  'traffic-access/tcproute-covers-http': 'A TCPRoute opens the HTTP ports of its destination as well',
  'traffic-access/deletion-revokes': 'Deleting a TrafficTarget takes the permission back',
  'traffic-specs/crd-httproutegroup': 'The HTTPRouteGroup type is served in every claimed version',
  'traffic-specs/httproutegroup-roundtrip': 'An HTTPRouteGroup is stored without losing a field',
  'traffic-specs/path-selects': 'A path selects the requests that it describes',
  'traffic-specs/path-start-anchored': 'A path expression is anchored at its start',
  'traffic-specs/header-single': 'A header filter selects the requests that carry it',
  'traffic-specs/update-propagates': 'A changed HTTPRouteGroup comes into force without touching the TrafficTarget',
  'traffic-split/crd-trafficsplit': 'The TrafficSplit type is served in every claimed version',
  'traffic-split/trafficsplit-update-roundtrip': 'A changed TrafficSplit is stored as it was sent',
  'traffic-split/root-without-split': 'Without a split the root Service reaches every pod that it selects',
  'traffic-split/all-to-first': 'A weight of 0 gives nothing, and the other backend everything',
  'traffic-split/weighted-75-25': 'Weights of 75 and 25 give three quarters and one quarter',
  'traffic-split/weighted-90-10': 'Weights of 90 and 10 give nine tenths and one tenth',
  'traffic-split/weights-under-100': 'Weights that add up to less than 100 are shares of their sum',
  'traffic-split/port-mapping': 'Each backend is reached at the port that its own Service maps to',
  'traffic-split/match-header-routes': 'Requests that a split’s matches describe go to its weighted backend',
  'traffic-split/match-nonmatching-root': 'Requests that no match describes go to the root as before',
};

const alice: Traffic = { from: 'alice', to: 'srv', path: '/x' };
const bob: Traffic = { from: 'bob', to: 'srv', path: '/x' };
const caller: Traffic = { from: 'caller', to: 'web' };

const allowed = seen(alice, { outcome: 'allowed' }, { srv: 20 });
const denied = seen(bob, { outcome: 'denied' }, {}, { 'HTTP 403': 132 });
const leaked = seen(bob, { outcome: 'denied' }, { srv: 132 });

const always = (list: Seen[], holds: boolean): [Step, StepObservation] => [{ always: {} }, { verb: 'always', measured: look(list, holds) }];
const stored: [Step, StepObservation] = [{ observe: { ready: 'fixture' } }, { verb: 'observe', subject: 'TrafficTarget t', holds: true, expected: 'TrafficTarget t reads back as it was written', seen: 'it is so' }];
const sample = (shares: Record<string, number>, answers: Record<string, number>, holds: boolean): [Step, StepObservation] => {
  const measured = look([seen(caller, { outcome: 'shares', shares }, answers)], holds);
  return [{ sample: { ...caller, attempts: 1000, shares } }, { verb: 'sample', convergenceMs: 2140, deadlineMs: 120_000, looks: { count: 9 }, measured, intervals: [{ workload: 'web-v1', low: 681, high: 815, seen: answers['web-v1'] ?? 0 }] }];
};

type Course = { steps: [Step, StepObservation][] } | { skipped: string } | { errored: string };

/** Each assertion's observation on an OSM that denies by default, with some of the trouble that a mesh can have. */
const courses: Record<string, Course> = {
  'traffic-access/default-deny': { steps: [always([denied], true)] },
  'traffic-access/unlisted-source-denied': { steps: [always([allowed, denied], true)] },
  'traffic-access/identity-not-labels': { steps: [always([allowed, leaked], false)] },
  'traffic-access/tcproute-covers-http': {
    steps: [[
      { eventually: { allowed: [alice] }, otherwise: { verdict: 'partial', reason: 'Opens TCP ports only: HTTP needs a route of its own, as the mesh documents', denied: [alice] } },
      {
        verb: 'eventually', deadlineMs: 120_000,
        looks: { count: 131, lastFailing: look([seen(alice, { outcome: 'allowed' }, {}, { 'HTTP 403': 5 })], false, 'converge') },
        otherwise: look([seen(alice, { outcome: 'denied' }, {}, { 'HTTP 403': 132 })], true, 'otherwise'),
      },
    ]],
  },
  'traffic-specs/header-single': { errored: 'the agent in pod acc-1/alice stopped answering: read ECONNRESET' },
  'traffic-specs/httproutegroup-roundtrip': {
    steps: [[{ observe: { stored: { kind: 'HTTPRouteGroup', name: 'routes' } } }, {
      verb: 'observe', subject: 'HTTPRouteGroup routes', holds: false, expected: 'HTTPRouteGroup routes reads back as it was written, in specs.smi-spec.io/v1alpha4',
      seen: 'spec.matches[0].headers is missing <script>alert("x")</script> | *bold* & \u001B[31mred',
    }]],
  },
  'traffic-split/weighted-75-25': { steps: [sample({ 'web-v1': 75, 'web-v2': 25 }, { 'web-v1': 512, 'web-v2': 488 }, false)] },
  'traffic-split/weighted-90-10': { steps: [sample({ 'web-v1': 90, 'web-v2': 10 }, { 'web-v1': 897, 'web-v2': 103 }, true)] },
  'traffic-split/match-header-routes': { skipped: 'TrafficSplit.matches is not offered: v1alpha2 has no such field' },
  'traffic-split/match-nonmatching-root': { skipped: 'TrafficSplit.matches is not offered: v1alpha2 has no such field' },
};

const usual: Record<Specification, Course> = {
  'traffic-access': { steps: [[{ eventually: {} }, { verb: 'eventually', convergenceMs: 1480, deadlineMs: 120_000, looks: { count: 7 }, measured: look([allowed, denied], true) }]] },
  'traffic-specs': { steps: [[{ eventually: {} }, { verb: 'eventually', convergenceMs: 930, deadlineMs: 120_000, looks: { count: 5 }, measured: look([allowed, denied], true) }]] },
  'traffic-split': { steps: [always([seen(caller, { outcome: 'answered', by: ['web-v1'] }, { 'web-v1': 300 })], true)] },
  'traffic-metrics': { steps: [] },
};

/** Assertions as a run would judge them; `change` gives some another course. */
export function results(change: Record<string, Course> = {}): AssertionResult[] {
  const planned = Object.entries(titles).map(([id, title]) => ({ ...planOf(id, title), course: { ...courses, ...change }[id] }));
  const gates: GateState = gatesOf(planned.map(({ assertion }) => assertion));
  const inOrder = [...planned.filter(({ assertion }) => assertion.id in gates), ...planned.filter(({ assertion }) => !(assertion.id in gates))];
  return inOrder.map((entry, place) => {
    const course = entry.course ?? courseOf(entry.assertion);
    const assertion = 'steps' in course ? { ...entry.assertion, steps: course.steps.map(([step]) => step) } : entry.assertion;
    const raw = rawOf(course);
    const judgement = judge({ assertion, version: entry.version, raw, gates });
    gates[assertion.id]?.push({ version: entry.version, verdict: judgement.verdict });
    return resultOf(assertion, entry.version, judgement, raw, place);
  });
}

function planOf(id: string, title: string): { assertion: Assertion; version: Version } {
  const specification = id.split('/')[0] as Specification;
  const version = versionOf[specification] ?? 'v1alpha1';
  const isPresence = /crd-|roundtrip/.test(id);
  const level = id.endsWith('update-roundtrip') ? 'should' : 'must';
  return {
    version,
    assertion: {
      id, title, kind: isPresence ? 'presence' : 'capability', fixture: 'access', ignoring: 'nothing happens', steps: [],
      gates: isPresence || gateIds.slice(0, 1).includes(id) ? [] : (gatesBySpecification[specification] ?? []).filter((gate) => gate !== id),
      requirement: { specification, versions: [version], level, source: `${specification}, Specification`, text: `${title}, whatever else the cluster holds.` },
    },
  };
}

function courseOf({ kind, requirement }: Assertion): Course {
  return kind === 'presence' ? { steps: [stored] } : usual[requirement.specification];
}

function rawOf(course: Course): RawObservation {
  if ('skipped' in course) return { outcome: 'skipped', reason: course.skipped };
  if ('errored' in course) return { outcome: 'errored', code: 'PROBE_LOST', reason: course.errored, steps: [] };
  return { outcome: 'observed', steps: course.steps.map(([, observation]) => observation) };
}

function resultOf(assertion: Assertion, version: Version, judgement: ReturnType<typeof judge>, raw: RawObservation, place: number): AssertionResult {
  const steps = 'steps' in raw ? raw.steps : [];
  const waits = steps.flatMap((step) => ('convergenceMs' in step && step.convergenceMs !== undefined ? [step.convergenceMs] : []));
  const { id, title, kind, requirement } = assertion;
  return {
    id, version, title, specification: requirement.specification, kind, level: requirement.level, gate: gateIds.includes(id),
    requirement: { text: requirement.text, source: requirement.source },
    ...judgement,
    ...(steps.length > 0 ? { lane: 'access-1' } : {}),
    startedMs: 20_000 + place * 700, durationMs: steps.length > 0 ? 640 + place * 37 : 0,
    ...(waits.length > 0 ? { convergenceMs: Math.max(...waits) } : {}),
    steps,
  };
}

export const openNetwork: Record<string, Course> = { 'traffic-access/default-deny': { steps: [always([leaked], false)] } };
/** All that fails, errs or is partial in the usual sample goes well. */
export const allGood: Record<string, Course> = {
  'traffic-access/identity-not-labels': usual['traffic-access'],
  'traffic-access/tcproute-covers-http': usual['traffic-access'],
  'traffic-specs/header-single': usual['traffic-specs'],
  'traffic-specs/httproutegroup-roundtrip': { steps: [stored] },
  'traffic-split/weighted-75-25': { steps: [sample({ 'web-v1': 75, 'web-v2': 25 }, { 'web-v1': 744, 'web-v2': 256 }, true)] },
};
/** As the usual sample, but for the one that the harness could not judge. */
export const noErrors: Record<string, Course> = { 'traffic-specs/header-single': usual['traffic-specs'] };

/** The facts of a run against OSM. */
export function input(change: Record<string, Course> = {}, more: Partial<ReportInput> = {}): ReportInput {
  const judged = results(change);
  return {
    run: { id: 'a1b2c3', startedAt: '2026-11-21T08:50:00.000Z', durationMs: 74_210, only: [], skip: [], concurrency: 4, tool: 'smi-conformance 0.1.0' },
    suite: { version: '0.1.0', digest: '3f2a91c0'.repeat(8), assertions: judged.length },
    mesh: { id: 'osm', name: 'Open Service Mesh', version: 'v1.2.4', images: [{ image: 'openservicemesh/osm-controller:v1.2.4', digest: `sha256:${'ab'.repeat(32)}`, kind: 'digest' }] },
    kubernetes: { version: 'v1.34.4', cluster: 'kubernetes' },
    served: [
      { group: 'specs.smi-spec.io', version: 'v1alpha4', kind: 'TCPRoute' },
      { group: 'specs.smi-spec.io', version: 'v1alpha4', kind: 'HTTPRouteGroup' },
      { group: 'access.smi-spec.io', version: 'v1alpha3', kind: 'TrafficTarget' },
    ],
    claims: {
      'traffic-access': { versions: ['v1alpha3'], kinds: ['TrafficTarget'] },
      'traffic-specs': { versions: ['v1alpha4'], kinds: ['HTTPRouteGroup', 'TCPRoute'] },
      'traffic-split': { versions: ['v1alpha2'], kinds: ['TrafficSplit'] },
    },
    offered,
    timing: { name: 'standard', applyMs: 120_000, applyFactor: 10, applyFloorMs: 15_000, readyMs: 180_000, deleteMs: 60_000, awayMs: 60_000, requestMs: 2000, holdMs: 30_000, metrics: { windowMs: 100, density: 1, settleMs: 50, readings: 2, pauseMs: 10 } },
    failOn: ['must'],
    phases: [{ name: 'connect', durationMs: 812 }, { name: 'plan', durationMs: 41 }, { name: 'prepare', durationMs: 21_300.4 }, { name: 'run', durationMs: 44_000 }, { name: 'clean-up', durationMs: 7900 }],
    warnings: [],
    planned: Object.keys(titles).map((id) => ({ id, version: versionOf[id.split('/')[0] as Specification] ?? 'v1alpha1' })),
    results: judged,
    ...more,
  };
}

export function sampleReport(change: Record<string, Course> = {}, more: Partial<ReportInput> = {}): Report {
  return buildReport(input(change, more));
}
