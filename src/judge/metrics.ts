import type { Shown, ShownResult } from '../model/metrics.ts';
import { type Item, type Place, selected } from './metrics-answer.ts';
import { aList, answerText, available, backends, current, edge, items, lists, onceEach, scoped, selector, status, unit, whole, without } from './metrics-form.ts';
import { count, failing, latency, ordered, sameAs, sent, shares, traffic } from './metrics-numbers.ts';
import { countsText, itemsText, ofText } from './metrics-words.ts';

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
