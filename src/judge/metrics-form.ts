import { clusterScoped, metricNames, type MetricResource, type Shown, type ShownResult } from '../model/metrics.ts';
import { fieldsOf, isAt, type Item, itemsOf, metricsOf, type Place } from './metrics-answer.ts';
import { referenceText, word, pairs } from './metrics-words.ts';
import type { MetricsEvidence, MetricsSample } from './metrics.ts';
import { durationOf } from './quantity.ts';
import { clauses, joined } from './words.ts';

export function status(wanted: number | '4xx' | '5xx', { status: seen, body }: MetricsSample): ShownResult {
  const fits = typeof wanted === 'number' ? seen === wanted : Math.floor(seen / 100) === Number(wanted[0]);
  const readable = body !== undefined || seen >= 500;
  return { holds: fits && readable, expected: `HTTP ${wanted}${typeof wanted === 'string' && wanted === '4xx' ? ' with a body that is JSON' : ''}`, seen: `HTTP ${seen}${readable ? '' : ' with a body that is no JSON'}` };
}

export function available(body: unknown): ShownResult {
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

export function lists(wanted: readonly string[], body: unknown): ShownResult {
  const found = resourcesIn(body);
  const missing = wanted.filter((name) => !found.some((one) => one['name'] === name));
  const odd = found.filter(({ kind, verbs }) => kind !== 'TrafficMetrics' || !Array.isArray(verbs) || !['get', 'list'].every((verb) => verbs.includes(verb)));
  const seen = [...(missing.length > 0 ? [`no ${joined(missing)}`] : []), ...odd.map(({ name, kind, verbs }) => `${String(name)} is ${String(kind)} with ${JSON.stringify(verbs)}`)];
  return { holds: missing.length === 0 && odd.length === 0, expected: `an APIResourceList with ${joined([...wanted])}, each TrafficMetrics with get and list`, seen: seen.length === 0 ? `${found.length} of 11 resources` : clauses(seen) };
}

export function scoped(body: unknown): ShownResult {
  const wrong = resourcesIn(body).filter(({ name, namespaced }) => namespaced !== !clusterScoped.includes(name as MetricResource)).map(({ name, namespaced }) => `${String(name)} is namespaced: ${String(namespaced)}`);
  const none = resourcesIn(body).length === 0;
  return { holds: !none && wrong.length === 0, expected: 'namespaces and nodes are cluster-scoped, all else namespaced', seen: none ? 'no resources are listed' : wrong.length === 0 ? 'it is so' : clauses(wrong) };
}

export function whole(body: unknown, asked: Place): ShownResult {
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

export function aList(body: unknown, asked: Place): ShownResult {
  const { kind, resource } = fieldsOf(body);
  const about = fieldsOf(resource);
  const isAbout = about['kind'] === asked.kind && (asked.names.length === 0 || asked.names.includes(String(about['name'])));
  return { holds: kind === 'TrafficMetricsList' && isAbout, expected: `a TrafficMetricsList of ${asked.kind} ${asked.names[0] ?? ''}`.trimEnd(), seen: `${String(kind)} of ${referenceText(about)}` };
}

/** A clock may be off a little; one that is off by minutes serves nobody. */
const clockToleranceMs = 120_000;

export function current(samples: readonly MetricsSample[]): ShownResult {
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

export function items({ items: wanted, only }: Extract<Shown, { items: string[] }>, body: unknown, places: MetricsEvidence['places']): ShownResult {
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

export function without(wanted: readonly string[], body: unknown, places: MetricsEvidence['places']): ShownResult {
  const found = wanted.filter((reference) => itemsOf(body).some(({ edge: there }) => isAt(there?.resource, places[reference])));
  return { holds: found.length === 0, expected: `no edge of ${joined([...wanted])}`, seen: found.length === 0 ? `${itemsOf(body).length} edges, none of them` : `edges of ${joined(found)}` };
}

export function selector(wanted: Record<string, string>, body: unknown): ShownResult {
  const labels = fieldsOf(fieldsOf(fieldsOf(body)['selector'])['matchLabels']);
  return { holds: Object.entries(wanted).every(([key, value]) => labels[key] === value), expected: `the selector ${JSON.stringify(wanted)}`, seen: JSON.stringify(fieldsOf(body)['selector'] ?? null) };
}

export function backends({ backends: wanted, root }: Extract<Shown, { root: string }>, body: unknown): ShownResult {
  const there = itemsOf(body).map(({ backend }) => backend ?? {});
  const holds = there.length === Object.keys(wanted).length && Object.entries(wanted).every(([name, weight]) => there.filter((one) => one.apex === root && one.name === name && Number(one.weight) === weight).length === 1);
  return { holds, expected: `one item for each backend of ${root}: ${pairs(wanted)}`, seen: there.map(({ apex, name, weight }) => `${String(apex)} → ${String(name)} ${String(weight)}`).join(', ') || 'no items' };
}

export function onceEach(there: Item[]): ShownResult {
  const flaws = there.flatMap((item) => metricNames.flatMap((name) => {
    const times = metricsOf(item).filter((metric) => metric.name === name).length;
    return times === 1 ? [] : [`${name} ${times === 0 ? 'is missing' : `is there ${times} times`}`];
  }));
  return { holds: flaws.length === 0, expected: `${joined([...metricNames])}, each once`, seen: flaws.length === 0 ? 'all five' : clauses([...new Set(flaws)]) };
}

export function edge({ direction, side, resource }: Extract<Shown, { edge: unknown }>['edge'], there: Item[]): ShownResult {
  const wanted = [...(direction === undefined ? [] : [`direction ${direction}`]), ...(side === undefined ? [] : [side === 'absent' ? 'no side' : `side ${side}`]), ...(resource === undefined ? [] : ['no resource'])];
  const fits = ({ edge: one }: Item): boolean =>
    (direction === undefined || one?.direction === direction) &&
    (side === undefined || (side === 'absent' ? one?.side === undefined : one?.side === side)) &&
    (resource === undefined || (one !== undefined && one !== null && Object.values(one.resource ?? {}).every((field) => !field)));
  return { holds: there.every(fits), expected: `an edge with ${joined(wanted)}`, seen: clauses([...new Set(there.map(({ edge: one }) => `direction ${String(one?.direction)}, side ${String(one?.side)}, resource ${referenceText(one?.resource)}`))]) };
}

export function unit(wanted: readonly string[], there: Item[]): ShownResult {
  const units = [...new Set(there.flatMap((item) => metricsOf(item).filter(({ name }) => name.endsWith('_response_latency')).map((metric) => metric.unit ?? 'none')))];
  return { holds: units.length > 0 && units.every((one) => wanted.includes(one)), expected: `the unit ${wanted.join(' or ')}`, seen: units.join(', ') || 'no percentiles' };
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value));
}

export function answerText({ status: code, body }: MetricsSample): string {
  const { message } = fieldsOf(body);
  return `HTTP ${code}${typeof message === 'string' ? `: ${message.slice(0, 200)}` : ''}`;
}
