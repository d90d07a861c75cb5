import { clusterScoped, metricNames, type MetricResource, type Shown, type ShownResult } from '../model/metrics.ts';
import { splitIntervals } from './binomial.ts';
import { alphas } from './hold.ts';
import { type Counted, countOf, fieldsOf, isAt, type Item, itemsOf, metricsOf, percentileOf, type Place, selected } from './metrics-answer.ts';
import { durationOf } from './quantity.ts';
import { clauses, joined } from './words.ts';

/** What one load had answered within the window of an answer. */
export interface LoadSeen {
  /** Requests that were begun since it began, and those that should have been. */
  sent: number;
  planned: number;
  successes: number;
  failures: number;
  refusals: Record<string, number>;
}

/** One reading, with what is known of the moment. */
export interface MetricsSample {
  /** Milliseconds since 1970. */
  at: number;
  status: number;
  body: unknown;
  /** Another reading of the same moment, by the place of the claim that asks for it. */
  others: Record<number, { status: number; body: unknown }>;
  /** By name. */
  loads: Record<string, LoadSeen>;
}

/** Everything that a claim about metrics is judged by. */
export interface MetricsEvidence {
  samples: readonly MetricsSample[];
  /** What was asked for: the resource, or the kind of a list. */
  asked: Place;
  /** References of the claims, as they are written, by the lane's real names. */
  places: Readonly<Record<string, Place>>;
}

/** Whether an answer shows what is claimed, with the words for it. `index` is the claim's place among those of its step. Pure. */
export function shownBy(shown: Shown, index: number, evidence: MetricsEvidence): ShownResult {
  const last = evidence.samples.at(-1);
  if (last === undefined) return { holds: false, expected: 'an answer', seen: 'none was read' };
  if ('sent' in shown) return sent(shown, last);
  if ('status' in shown) return status(shown.status, last);
  if ('traffic' in shown && shown.traffic === 'none' && last.status === 404) return { holds: true, expected: 'no requests, or no such resource', seen: 'HTTP 404' };
  if (last.status < 200 || last.status > 299) return { holds: false, expected: 'an answer', seen: answerText(last) };
  if ('available' in shown) return available(last.body);
  if ('lists' in shown) return lists(shown.lists, last.body);
  if ('scoped' in shown) return scoped(last.body);
  if ('whole' in shown) return whole(last.body, evidence.asked);
  if ('list' in shown) return aList(last.body, evidence.asked);
  if ('current' in shown) return current(evidence.samples);
  if ('items' in shown) return items(shown, last.body, evidence.places);
  if ('without' in shown) return without(shown.without, last.body, evidence.places);
  if ('selector' in shown) return selector(shown.selector, last.body);
  if ('backends' in shown) return backends(shown, last.body);
  const chosen = (sample: MetricsSample): Item[] => selected(sample.body, shown.of, evidence.places);
  const there = chosen(last);
  if ('traffic' in shown) return traffic(shown.traffic, there);
  if (there.length === 0) return { holds: false, expected: `an item${ofText(shown.of)}`, seen: itemsText(last.body) };
  if ('metrics' in shown) return onceEach(there);
  if ('edge' in shown) return edge(shown.edge, there);
  if ('ordered' in shown) return ordered(there);
  if ('unit' in shown) return unit(shown.unit, there);
  if ('latency' in shown) return latency(shown.latency, evidence.samples.map(chosen));
  if ('failing' in shown) return failing(shown.failing, evidence.samples.map(chosen));
  if ('count' in shown) return count(shown, evidence.samples.map((sample) => ({ items: chosen(sample), loads: sample.loads })));
  if ('sameAs' in shown) return sameAs(shown.within, evidence.samples.map((sample) => ({ mine: chosen(sample), other: selected(sample.others[index]?.body, shown.where, evidence.places) })));
  if ('shares' in shown) return shares(shown.shares, there);
  return { holds: true, expected: 'nothing: it is observed', seen: countsText(there) };
}

function sent({ sent: names, within }: Extract<Shown, { sent: string[] }>, { loads }: MetricsSample): ShownResult {
  const seen = names.map((name) => ({ name, sent: loads[name]?.sent ?? 0, planned: loads[name]?.planned ?? 0 }));
  return { holds: seen.every((load) => load.planned > 0 && Math.abs(load.sent / load.planned - 1) <= within), expected: `${joined([...names])} at their rates, ${within * 100} % more or less`, seen: seen.map((load) => `${load.name} ${load.sent} of ${Math.round(load.planned)}`).join(', ') };
}

function status(wanted: number | '4xx' | '5xx', { status: seen, body }: MetricsSample): ShownResult {
  const fits = typeof wanted === 'number' ? seen === wanted : Math.floor(seen / 100) === Number(wanted[0]);
  const readable = body !== undefined || seen >= 500;
  return { holds: fits && readable, expected: `HTTP ${wanted}${typeof wanted === 'string' && wanted === '4xx' ? ' with a body that is JSON' : ''}`, seen: `HTTP ${seen}${readable ? '' : ' with a body that is no JSON'}` };
}

function available(body: unknown): ShownResult {
  const { spec, status: state } = fieldsOf(body);
  const { group, version } = fieldsOf(spec);
  const conditions = fieldsOf(state)['conditions'];
  const condition = (Array.isArray(conditions) ? conditions : []).map(fieldsOf).find(({ type }) => type === 'Available');
  const holds = group === 'metrics.smi-spec.io' && version === 'v1alpha1' && condition?.['status'] === 'True';
  return { holds, expected: 'metrics.smi-spec.io v1alpha1 is registered and Available', seen: holds ? 'it is so' : `${word(group)} ${word(version)}, Available ${word(condition?.['status'])}: ${word(condition?.['message'], 'no condition says why')}` };
}

function resourcesIn(body: unknown): Record<string, unknown>[] {
  const { kind, resources } = fieldsOf(body);
  return kind === 'APIResourceList' && Array.isArray(resources) ? resources.map(fieldsOf).filter(({ name }) => typeof name === 'string' && !name.includes('/')) : [];
}

function lists(wanted: readonly string[], body: unknown): ShownResult {
  const found = resourcesIn(body);
  const missing = wanted.filter((name) => !found.some((one) => one['name'] === name));
  const odd = found.filter(({ kind, verbs }) => kind !== 'TrafficMetrics' || !Array.isArray(verbs) || !['get', 'list'].every((verb) => verbs.includes(verb)));
  const seen = [...(missing.length > 0 ? [`no ${joined(missing)}`] : []), ...odd.map(({ name, kind, verbs }) => `${String(name)} is ${String(kind)} with ${JSON.stringify(verbs)}`)];
  return { holds: missing.length === 0 && odd.length === 0, expected: `an APIResourceList with ${joined([...wanted])}, each TrafficMetrics with get and list`, seen: seen.length === 0 ? `${found.length} of 11 resources` : clauses(seen) };
}

function scoped(body: unknown): ShownResult {
  const wrong = resourcesIn(body).filter(({ name, namespaced }) => namespaced !== !clusterScoped.includes(name as MetricResource)).map(({ name, namespaced }) => `${String(name)} is namespaced: ${String(namespaced)}`);
  const none = resourcesIn(body).length === 0;
  return { holds: !none && wrong.length === 0, expected: 'namespaces and nodes are cluster-scoped, all else namespaced', seen: none ? 'no resources are listed' : wrong.length === 0 ? 'it is so' : clauses(wrong) };
}

function whole(body: unknown, asked: Place): ShownResult {
  const item = fieldsOf(body) as Item;
  const metrics = metricsOf(item);
  const flaws = [
    ...(item.kind === 'TrafficMetrics' ? [] : [`the kind is ${String(item.kind)}`]),
    ...(isAt(item.resource, asked) && item.resource?.kind === asked.kind && (asked.namespace === undefined || item.resource.namespace === asked.namespace) ? [] : [`the resource is ${referenceText(item.resource)}`]),
    ...(item.edge === undefined || item.edge === null || !['to', 'from'].includes(String(item.edge.direction)) ? ['there is no edge with a direction'] : []),
    ...(isTime(item.timestamp) ? [] : [`the timestamp is ${JSON.stringify(item.timestamp)}`]),
    ...((durationOf(item.window) ?? 0) > 0 ? [] : [`the window is ${JSON.stringify(item.window)}`]),
    ...(metrics.length === 0 ? ['there are no metrics'] : metrics.filter(({ value }) => value === undefined).map(({ name }) => `${name} is no number`)),
  ];
  return { holds: flaws.length === 0, expected: `a TrafficMetrics of ${asked.kind} ${asked.names[0] ?? ''} with edge, timestamp, window and metrics`, seen: flaws.length === 0 ? 'all of it' : clauses(flaws) };
}

function aList(body: unknown, asked: Place): ShownResult {
  const { kind, resource } = fieldsOf(body);
  const about = fieldsOf(resource);
  const isAbout = about['kind'] === asked.kind && (asked.names.length === 0 || asked.names.includes(String(about['name'])));
  return { holds: kind === 'TrafficMetricsList' && isAbout, expected: `a TrafficMetricsList of ${asked.kind} ${asked.names[0] ?? ''}`.trimEnd(), seen: `${String(kind)} of ${referenceText(about)}` };
}

/** A clock may be off a little; one that is off by minutes serves nobody. */
const clockToleranceMs = 120_000;

function current(samples: readonly MetricsSample[]): ShownResult {
  const read = samples.map(({ at, body }) => ({ at, time: Date.parse(String(itemsOf(body)[0]?.timestamp)), window: durationOf(itemsOf(body)[0]?.window) ?? 0 }));
  const off = read.filter(({ at, time }) => !(Math.abs(at - time) <= clockToleranceMs));
  const stuck = read.slice(1).some(({ time }, index) => !(time > (read[index]?.time ?? Number.NaN)));
  const seen = [
    ...(read.length < 2 ? ['there was one reading only'] : []),
    ...(off.length > 0 ? [`${off.length} of ${read.length} timestamps are off by more than ${clockToleranceMs / 1000} s, or no times`] : []),
    ...(stuck ? ['the timestamp does not go on from one reading to the next'] : []),
    ...(read.some(({ window }) => window <= 0) ? ['no window is stated'] : []),
  ];
  return { holds: seen.length === 0, expected: 'timestamps that go on, each that of its reading, and a window', seen: seen.length === 0 ? `so in ${read.length} readings, window ${(read[0]?.window ?? 0) / 1000} s` : clauses(seen) };
}

function items({ items: wanted, only }: Extract<Shown, { items: string[] }>, body: unknown, places: MetricsEvidence['places']): ShownResult {
  const there = itemsOf(body);
  const named = wanted.flatMap((reference) => (places[reference]?.names ?? []).map((name) => ({ name, place: { ...(places[reference] as Place), names: [name] } })));
  const counts = named.map(({ name, place }) => ({ name, times: there.filter(({ resource }) => isAt(resource, place)).length }));
  const strangers = there.filter(({ resource }) => !named.some(({ place }) => isAt(resource, place)));
  const seen = [
    ...counts.filter(({ times }) => times !== 1).map(({ name, times }) => `${name} ${times === 0 ? 'is missing' : `is there ${times} times`}`),
    ...(only === true && strangers.length > 0 ? [`${joined(strangers.slice(0, 3).map(({ resource }) => referenceText(resource)))} and no such thing was asked for`] : []),
  ];
  return { holds: seen.length === 0 && named.length > 0, expected: `${joined(named.map(({ name }) => name))}, each once${only === true ? ', and no other' : ''}`, seen: seen.length === 0 ? `${there.length} items` : clauses(seen) };
}

function without(wanted: readonly string[], body: unknown, places: MetricsEvidence['places']): ShownResult {
  const found = wanted.filter((reference) => itemsOf(body).some(({ edge: there }) => isAt(there?.resource, places[reference])));
  return { holds: found.length === 0, expected: `no edge of ${joined([...wanted])}`, seen: found.length === 0 ? `${itemsOf(body).length} edges, none of them` : `edges of ${joined(found)}` };
}

function selector(wanted: Record<string, string>, body: unknown): ShownResult {
  const labels = fieldsOf(fieldsOf(fieldsOf(body)['selector'])['matchLabels']);
  return { holds: Object.entries(wanted).every(([key, value]) => labels[key] === value), expected: `the selector ${JSON.stringify(wanted)}`, seen: JSON.stringify(fieldsOf(body)['selector'] ?? null) };
}

function backends({ backends: wanted, root }: Extract<Shown, { root: string }>, body: unknown): ShownResult {
  const there = itemsOf(body).map(({ backend }) => backend ?? {});
  const holds = there.length === Object.keys(wanted).length && Object.entries(wanted).every(([name, weight]) => there.filter((one) => one.apex === root && one.name === name && Number(one.weight) === weight).length === 1);
  return { holds, expected: `one item for each backend of ${root}: ${pairs(wanted)}`, seen: there.map(({ apex, name, weight }) => `${String(apex)} → ${String(name)} ${String(weight)}`).join(', ') || 'no items' };
}

function traffic(wanted: 'some' | 'none', there: Item[]): ShownResult {
  const counted = countOf(there, 'total');
  const holds = wanted === 'some' ? there.length > 0 && counted !== undefined && counted > 0 : counted === 0;
  return { holds, expected: wanted === 'some' ? 'requests are counted' : 'no requests, or no such resource', seen: countsText(there) };
}

function onceEach(there: Item[]): ShownResult {
  const flaws = there.flatMap((item) => metricNames.flatMap((name) => {
    const times = metricsOf(item).filter((metric) => metric.name === name).length;
    return times === 1 ? [] : [`${name} ${times === 0 ? 'is missing' : `is there ${times} times`}`];
  }));
  return { holds: flaws.length === 0, expected: `${joined([...metricNames])}, each once`, seen: flaws.length === 0 ? 'all five' : clauses([...new Set(flaws)]) };
}

function edge({ direction, side, resource }: Extract<Shown, { edge: unknown }>['edge'], there: Item[]): ShownResult {
  const wanted = [...(direction === undefined ? [] : [`direction ${direction}`]), ...(side === undefined ? [] : [side === 'absent' ? 'no side' : `side ${side}`]), ...(resource === undefined ? [] : ['no resource'])];
  const fits = ({ edge: one }: Item): boolean =>
    (direction === undefined || one?.direction === direction) &&
    (side === undefined || (side === 'absent' ? one?.side === undefined : one?.side === side)) &&
    (resource === undefined || (one !== undefined && one !== null && Object.values(one.resource ?? {}).every((field) => !field)));
  return { holds: there.every(fits), expected: `an edge with ${joined(wanted)}`, seen: clauses([...new Set(there.map(({ edge: one }) => `direction ${String(one?.direction)}, side ${String(one?.side)}, resource ${referenceText(one?.resource)}`))]) };
}

const percentiles = ['p50', 'p90', 'p99'] as const;

function ordered(there: Item[]): ShownResult {
  const values = there.map((item) => percentiles.map((one) => percentileOf(item, one)));
  const holds = values.every((three) => three.every((value, index) => value !== undefined && value >= (three[index - 1] ?? 0)) && (three[0] ?? 0) > 0);
  return { holds, expected: 'p50, p90 and p99 rise, from above 0', seen: values.map((three) => three.map(millisecondsText).join(', ')).join('; ') };
}

function unit(wanted: readonly string[], there: Item[]): ShownResult {
  const units = [...new Set(there.flatMap((item) => metricsOf(item).filter(({ name }) => name.endsWith('_response_latency')).map((metric) => metric.unit ?? 'none')))];
  return { holds: units.length > 0 && units.every((one) => wanted.includes(one)), expected: `the unit ${wanted.join(' or ')}`, seen: units.join(', ') || 'no percentiles' };
}

function latency(bounds: Extract<Shown, { latency: unknown }>['latency'], samples: Item[][]): ShownResult {
  const judged = percentiles.flatMap((one) => {
    const range = bounds[one];
    if (range === undefined) return [];
    const value = median(samples.map(([item]) => (item === undefined ? undefined : percentileOf(item, one))));
    return [{ holds: value !== undefined && value >= range[0] && value < range[1], expected: `${one} from ${range[0]} to ${range[1]} ms`, seen: `${one} ${millisecondsText(value)}` }];
  });
  return { holds: judged.every(({ holds }) => holds), expected: clauses(judged.map(({ expected }) => expected)), seen: clauses(judged.map(({ seen }) => seen)) };
}

function failing([from, to]: [number, number], samples: Item[][]): ShownResult {
  const part = median(samples.map((there) => {
    const [failures, all] = [countOf(there, 'failure'), countOf(there, 'total')];
    return failures === undefined || all === undefined || all === 0 ? undefined : failures / all;
  }));
  return { holds: part !== undefined && part >= from && part <= to, expected: `${from * 100} to ${to * 100} % of the requests failed`, seen: part === undefined ? 'no requests are counted' : `${(part * 100).toFixed(1)} %` };
}

function count({ count: counted, like, within }: Extract<Shown, { like: string[] }>, samples: { items: Item[]; loads: MetricsSample['loads'] }[]): ShownResult {
  const read = samples.map(({ items: there, loads }) => ({ told: countOf(there, counted), sent: like.reduce((sum, name) => sum + sentBy(loads[name], counted), 0) }));
  const ratio = median(read.map(({ told, sent }) => (told === undefined || sent === 0 ? undefined : told / sent)));
  const seen = read.map(({ told, sent }) => `${told ?? 'no number'} of ${sent}`).join(', ');
  return { holds: ratio !== undefined && Math.abs(ratio - 1) <= within, expected: `${counted === 'total' ? 'all requests' : `every ${counted}`} of ${joined([...like])}, ${within * 100} % more or less`, seen: `${seen} in the window` };
}

function sentBy(load: LoadSeen | undefined, counted: Counted): number {
  if (load === undefined) return 0;
  return (counted === 'failure' ? 0 : load.successes) + (counted === 'success' ? 0 : load.failures);
}

function sameAs(within: number, samples: { mine: Item[]; other: Item[] }[]): ShownResult {
  const read = samples.map(({ mine, other }) => ({ mine: countOf(mine, 'total'), other: other.length === 0 ? undefined : countOf(other, 'total') }));
  const ratio = median(read.map(({ mine, other }) => (mine === undefined || other === undefined || mine === 0 ? undefined : other / mine)));
  return { holds: ratio !== undefined && Math.abs(ratio - 1) <= within, expected: `as many requests as the other reading, ${within * 100} % more or less`, seen: read.map(({ mine, other }) => `${mine ?? 'no number'} and ${other ?? 'none'}`).join(', ') };
}

/** Parts of a hundred by which the interval of a distribution is widened: what is counted in a window is extrapolated by some. */
const widening = 0.05;

function shares(wanted: Record<string, number>, there: Item[]): ShownResult {
  const counts = Object.fromEntries(Object.keys(wanted).map((name) => [name, countOf(there.filter(({ backend }) => backend?.name === name), 'total') ?? 0]));
  const all = Math.round(Object.values(counts).reduce((sum, one) => sum + one, 0));
  const bounds = splitIntervals(all, wanted, alphas.measure).map(({ workload, low, high }) => ({ workload, low: Math.max(0, Math.floor(low - widening * all)), high: Math.ceil(high + widening * all) }));
  const off = bounds.filter(({ workload, low, high }) => (counts[workload] ?? 0) < low || (counts[workload] ?? 0) > high);
  return { holds: all > 0 && off.length === 0, expected: `${pairs(wanted)} (${bounds.map(({ low, high }) => `${low}–${high}`).join(' and ')} of ${all})`, seen: pairs(counts) };
}

function median(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined).toSorted((a, b) => a - b);
  return known.length === 0 ? undefined : known[Math.floor((known.length - 1) / 2)];
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value));
}

function answerText({ status: code, body }: MetricsSample): string {
  const { message } = fieldsOf(body);
  return `HTTP ${code}${typeof message === 'string' ? `: ${message.slice(0, 200)}` : ''}`;
}

function countsText(there: Item[]): string {
  if (there.length === 0) return 'no such item';
  return `${countOf(there, 'success') ?? 'no number of'} successes, ${countOf(there, 'failure') ?? 'no number of'} failures`;
}

function itemsText(body: unknown): string {
  const there = itemsOf(body);
  return there.length === 0 ? 'no items' : clauses(there.map(({ resource, edge: one }) => `${referenceText(resource)}${one?.resource === undefined ? '' : ` ${String(one.direction)} ${referenceText(one.resource)}`}`));
}

function ofText(of: Shown['of']): string {
  return of === undefined ? '' : ` with ${joined(Object.entries(of).map(([key, value]) => `${key} ${value}`))}`;
}

function referenceText(reference: unknown): string {
  const { kind, namespace, name } = fieldsOf(reference);
  if (kind === undefined && name === undefined) return 'nothing';
  return `${word(kind, '')} ${namespace === undefined ? '' : `${word(namespace)}/`}${word(name, '')}`.trim();
}

/** What stands where a text is expected, in an answer that anybody may have written. */
function word(value: unknown, absent = 'absent'): string {
  if (value === undefined || value === null) return absent;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function pairs(values: Record<string, number>): string {
  return Object.entries(values).map(([name, value]) => `${name} ${value}`).join(', ');
}

function millisecondsText(value: number | undefined): string {
  return value === undefined ? 'no number' : `${Number(value.toFixed(1))} ms`;
}
