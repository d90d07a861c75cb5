import type { ApiAnswer } from '../../cluster/port.ts';
import { pollDelays } from '../../cluster/poll.ts';
import { homeOf } from '../../fixture/names.ts';
import { type LoadSeen, type MetricsEvidence, type MetricsSample, type Place, shownBy, windowOf } from '../../judge/index.ts';
import { createAggregated, type MetricsQuery, type MetricsSource } from '../../metrics/index.ts';
import { ConformanceError } from '../../model/errors.ts';
import { type LesserMeasure, type Measure, type Reading, referencesIn, type Shown, type ShownResult } from '../../model/metrics.ts';
import type { StepObservation } from '../../model/observation.ts';
import { pause, type RunContext } from '../context.ts';
import { endLoads, loadsSeen, underLoad, weakLoads } from '../loads.ts';
import { placeOf, readingText, referred } from '../places.ts';
import { asVisitor } from '../visitor.ts';
import type { Workspace } from '../workspace.ts';

/**
 * `measure`: has known traffic go on, reads metrics, and looks whether they show it. Numbers are judged by several readings. Where traffic was
 * ended, and where a reading is made by another account, what is asked for is awaited; else it has to be so at once, since the loads have settled.
 */
export async function measureStep(measure: Measure, otherwise: LesserMeasure | undefined, workspace: Workspace | undefined, context: RunContext): Promise<StepObservation> {
  const began = context.now();
  const source = context.metrics ?? createAggregated(context.cluster);
  if (workspace !== undefined) await sendLoads(measure, workspace, context);
  const { read, shows } = measure;
  const all = [...shows, ...(otherwise?.shows ?? [])];
  const evidence = read === undefined ? await withoutReading(workspace) : await waitedFor(measure, all, source, workspace, context);
  const shown = judged(shows, 0, evidence);
  const lesser = otherwise === undefined || shown.every(({ holds }) => holds) ? {} : { otherwise: judged(otherwise.shows, shows.length, evidence) };
  const unanswered = (measure.load ?? []).filter((name) => isUnanswered(evidence.samples.at(-1)?.loads[name]));
  return {
    verb: 'measure', source: read === undefined ? 'none' : source.name, subject: read === undefined ? 'the loads' : readingText(read),
    readings: evidence.samples.length, durationMs: Math.round(context.now() - began), shown, ...lesser,
    ...(unanswered.length === 0 ? {} : { unanswered }),
  };
}

function isUnanswered(seen: LoadSeen | undefined): boolean {
  return seen !== undefined && seen.successes + seen.failures === 0 && Object.values(seen.refusals).some((count) => count > 0);
}

async function sendLoads({ load = [], ended = [] }: Measure, { lane, written, moved, changedAt, besideLoadsAt }: Workspace, context: RunContext): Promise<void> {
  if (load.length > 0) await underLoad(lane, load, Math.max(besideLoadsAt, written.size > 0 || moved.size > 0 ? changedAt : 0), context);
  if (ended.length > 0) await endLoads(lane, ended);
}

async function withoutReading(workspace: Workspace | undefined): Promise<MetricsEvidence> {
  const loads = workspace === undefined ? {} : await loadsSeen(workspace.lane, 1);
  return { samples: [{ at: Date.now(), status: 200, body: undefined, others: {}, loads }], asked: { kind: '', names: [] }, places: {} };
}

/** `first` is the place of the first of these claims among all of the step. */
function judged(shows: readonly Shown[], first: number, evidence: MetricsEvidence): ShownResult[] {
  return shows.map((shown, index) => shownBy(shown, first + index, evidence));
}

async function waitedFor(measure: Measure, all: readonly Shown[], source: MetricsSource, workspace: Workspace | undefined, context: RunContext): Promise<MetricsEvidence> {
  const { settleMs } = context.patience.profile.metrics;
  const { read, ended = [], shows } = measure;
  if (read === undefined) throw new TypeError('unreachable: nothing is read');
  const patienceMs = read.as === undefined ? (ended.length > 0 ? settleMs : 0) : context.patience.profile.requestMs;
  const deadline = context.now() + patienceMs;
  for (const delay of pollDelays()) {
    const evidence = await evidenceOf(measure, read, all, source, workspace, context);
    if (patienceMs === 0 || context.now() > deadline || judged(shows, 0, evidence).every(({ holds }) => holds)) return evidence;
    await pause(delay, context.signal);
  }
  throw new TypeError('unreachable: polling has no end of its own');
}

async function evidenceOf({ load = [] }: Measure, read: Reading, all: readonly Shown[], source: MetricsSource, workspace: Workspace | undefined, context: RunContext): Promise<MetricsEvidence> {
  if (read.api !== undefined) return { samples: [{ at: Date.now(), ...(await source.describe(read.api)), others: {}, loads: {} }], asked: { kind: '', names: [] }, places: {} };
  if (workspace === undefined) throw new ConformanceError('BAD_ASSERTION', 'without a fixture only the metrics API itself can be read');
  const { lane } = workspace;
  const home = read.namespace ?? homeOf(lane.fixture);
  const references = [...new Set(referencesIn(all))];
  const places = Object.fromEntries(await Promise.all(references.map(async (reference): Promise<[string, Place]> => [reference, await placeOf(lane, reference, home, context)])));
  const { readings, pauseMs, windowMs } = context.patience.profile.metrics;
  const { query, place } = await queryOf(read, workspace, context);
  const samples: MetricsSample[] = [];
  const times = all.some(isOfNumbers) ? readings : 1;
  const deadline = context.now() + times * pauseMs + context.patience.profile.readyMs;
  while (samples.length < times) {
    if (samples.length > 0) await pause(pauseMs, context.signal);
    const answer = await answerTo(read, query, source, workspace, context);
    const loads = await loadsSeen(lane, windowOf(answer.body) ?? windowMs);
    const others = await othersOf(all, source, workspace, context);
    const at = Date.now();
    const weak = await weakLoads(lane, load, windowMs, all.some((shown) => 'latency' in shown));
    if (weak === undefined) samples.push({ at, ...answer, loads, others });
    else if (context.now() > deadline) throw new ConformanceError('POD_NOT_READY', `the machine is too slow to keep up the loads of lane ${lane.name}, by which metrics are judged: ${weak}. Give it more processor, or run less beside it`);
    else await pause(pauseMs, context.signal);
  }
  return { samples, asked: place, places };
}

/** Claims that one reading is too little for. */
function isOfNumbers(shown: Shown): boolean {
  return ['count', 'failing', 'latency', 'sameAs', 'current'].some((claim) => claim in shown);
}

async function othersOf(all: readonly Shown[], source: MetricsSource, workspace: Workspace, context: RunContext): Promise<MetricsSample['others']> {
  const others = await Promise.all(all.map(async (shown, index): Promise<[number, ApiAnswer] | undefined> => {
    if (!('sameAs' in shown)) return undefined;
    const { query } = await queryOf(shown.sameAs, workspace, context);
    return [index, await source.read(query)];
  }));
  return Object.fromEntries(others.filter((one) => one !== undefined));
}

function answerTo(read: Reading, query: MetricsQuery, source: MetricsSource, { lane }: Workspace, context: RunContext): Promise<ApiAnswer> {
  if (read.as === undefined) return source.read(query);
  return asVisitor(lane, query.namespace ?? 'default', read.as, context, (as) => source.read(query, { as }));
}

/** What is asked of the source, and what the answer has to be about. */
async function queryOf({ get, edges, list, namespace, everywhere, labels }: Reading, { lane }: Workspace, context: RunContext): Promise<{ query: MetricsQuery; place: Place }> {
  const home = namespace ?? homeOf(lane.fixture);
  const reference = get ?? edges ?? `${list ?? ''}/no-such-name`;
  const { resource } = referred(lane, reference, home);
  const place = await placeOf(lane, reference, home, context);
  const [name = ''] = place.names;
  const within = place.namespace === undefined || everywhere === true || resource === 'nodes' ? {} : { namespace: place.namespace };
  const chosen = labels === undefined ? {} : { labels };
  if (list !== undefined) return { query: { resource: list, ...within, ...chosen }, place: { ...place, names: [] } };
  return { query: { resource, ...within, name, ...(edges === undefined ? {} : { edges: true as const }) }, place: { ...place, names: [name] } };
}
