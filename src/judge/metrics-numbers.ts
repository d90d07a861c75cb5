import type { Shown, ShownResult } from '../model/metrics.ts';
import { splitIntervals } from './binomial.ts';
import { alphas } from './finding.ts';
import { type Counted, countOf, type Item, percentileOf } from './metrics-answer.ts';
import { countsText, pairs } from './metrics-words.ts';
import type { LoadSeen, MetricsSample } from './metrics.ts';
import { clauses, joined } from './words.ts';

export function sent({ sent: names, within }: Extract<Shown, { sent: string[] }>, { loads }: MetricsSample): ShownResult {
  const seen = names.map((name) => ({ name, sent: loads[name]?.sent ?? 0, planned: loads[name]?.planned ?? 0 }));
  return { holds: seen.every((load) => load.planned > 0 && Math.abs(load.sent / load.planned - 1) <= within), expected: `${joined([...names])} at their rates, ${within * 100} % more or less`, seen: seen.map((load) => `${load.name} ${load.sent} of ${Math.round(load.planned)}`).join(', ') };
}

export function traffic(wanted: 'some' | 'none', there: Item[]): ShownResult {
  const counted = countOf(there, 'total');
  const holds = wanted === 'some' ? there.length > 0 && counted !== undefined && counted > 0 : counted === 0;
  return { holds, expected: wanted === 'some' ? 'requests are counted' : 'no requests, or no such resource', seen: countsText(there) };
}

const percentiles = ['p50', 'p90', 'p99'] as const;

export function ordered(there: Item[]): ShownResult {
  const values = there.map((item) => percentiles.map((one) => percentileOf(item, one)));
  const holds = values.every((three) => three.every((value, index) => value !== undefined && value >= (three[index - 1] ?? 0)) && (three[0] ?? 0) > 0);
  return { holds, expected: 'p50, p90 and p99 rise, from above 0', seen: values.map((three) => three.map(millisecondsText).join(', ')).join('; ') };
}

export function latency(bounds: Extract<Shown, { latency: unknown }>['latency'], samples: Item[][]): ShownResult {
  const judged = percentiles.flatMap((one) => {
    const range = bounds[one];
    if (range === undefined) return [];
    const value = median(samples.map(([item]) => (item === undefined ? undefined : percentileOf(item, one))));
    return [{ holds: value !== undefined && value >= range[0] && value < range[1], expected: `${one} from ${range[0]} to ${range[1]} ms`, seen: `${one} ${millisecondsText(value)}` }];
  });
  return { holds: judged.every(({ holds }) => holds), expected: clauses(judged.map(({ expected }) => expected)), seen: clauses(judged.map(({ seen }) => seen)) };
}

export function failing([from, to]: [number, number], samples: Item[][]): ShownResult {
  const part = median(samples.map((there) => {
    const [failures, all] = [countOf(there, 'failure'), countOf(there, 'total')];
    return failures === undefined || all === undefined || all === 0 ? undefined : failures / all;
  }));
  return { holds: part !== undefined && part >= from && part <= to, expected: `${from * 100} to ${to * 100} % of the requests failed`, seen: part === undefined ? 'no requests are counted' : `${(part * 100).toFixed(1)} %` };
}

export function count({ count: counted, like, within }: Extract<Shown, { like: string[] }>, samples: { items: Item[]; loads: MetricsSample['loads'] }[]): ShownResult {
  const read = samples.map(({ items: there, loads }) => ({ told: countOf(there, counted), sent: like.reduce((sum, name) => sum + sentBy(loads[name], counted), 0) }));
  const ratio = median(read.map(({ told, sent }) => (told === undefined || sent === 0 ? undefined : told / sent)));
  const seen = read.map(({ told, sent }) => `${told ?? 'no number'} of ${sent}`).join(', ');
  return { holds: ratio !== undefined && Math.abs(ratio - 1) <= within, expected: `${counted === 'total' ? 'all requests' : `every ${counted}`} of ${joined([...like])}, ${within * 100} % more or less`, seen: `${seen} in the window` };
}

function sentBy(load: LoadSeen | undefined, counted: Counted): number {
  if (load === undefined) return 0;
  return (counted === 'failure' ? 0 : load.successes) + (counted === 'success' ? 0 : load.failures);
}

export function sameAs(within: number, samples: { mine: Item[]; other: Item[] }[]): ShownResult {
  const read = samples.map(({ mine, other }) => ({ mine: countOf(mine, 'total'), other: other.length === 0 ? undefined : countOf(other, 'total') }));
  const ratio = median(read.map(({ mine, other }) => (mine === undefined || other === undefined || mine === 0 ? undefined : other / mine)));
  return { holds: ratio !== undefined && Math.abs(ratio - 1) <= within, expected: `as many requests as the other reading, ${within * 100} % more or less`, seen: read.map(({ mine, other }) => `${mine ?? 'no number'} and ${other ?? 'none'}`).join(', ') };
}

/** Parts of a hundred by which the interval of a distribution is widened: what is counted in a window is extrapolated by some. */
const widening = 0.05;

export function shares(wanted: Record<string, number>, there: Item[]): ShownResult {
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

function millisecondsText(value: number | undefined): string {
  return value === undefined ? 'no number' : `${Number(value.toFixed(1))} ms`;
}
