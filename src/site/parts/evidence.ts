import { durationText, trafficText } from '../../judge/index.ts';
import type { Traffic } from '../../model/assertion.ts';
import type { HeldSeen, Interval, Look, LookSummary, Seen, StepObservation, Write } from '../../model/observation.ts';
import type { AssertionResult } from '../../model/report.ts';
import { type Content, type Html, html } from '../html.ts';
import type { KnownFailure } from '../known-failures.ts';
import { counted } from './words.ts';

/** Everything that a result rests on: the words for it, and the looks with their numbers. */
export function evidence(result: AssertionResult, known: KnownFailure | undefined): Html {
  const { reason, expected, seen, afterwards, steps, failedStep } = result;
  const words: [string, string | undefined][] = [['Because', reason], ['Expected', expected], ['Seen', seen], ['Afterwards', afterwards]];
  const looks = steps.map((step, index) => stepPart(step, index, index === failedStep));
  return html`<dl class="words">${words.filter(([, text]) => text !== undefined && text !== '').map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}
${known !== undefined && html`<div><dt>Known</dt><dd><a href="${known.bug}" rel="noreferrer">${known.bug}</a>${known.note !== undefined && html`<br>${known.note}`}</dd></div>`}</dl>${looks.length > 0 && html`<ol class="steps">${looks}</ol>`}`;
}

/** Whatever an observation may have. Suites get new verbs; a report of a later one is shown by the parts that are known here. */
type Parts = Partial<{
  writes: Write[];
  objects: { kind: string; name: string }[];
  subject: string;
  holds: boolean;
  expected: string;
  seen: string;
  workloads: { workload: string; replicas: number }[];
  traffic: Traffic;
  held: HeldSeen;
  convergenceMs: number;
  deadlineMs: number;
  durationMs: number;
  readings: number;
  looks: LookSummary;
  measured: Look;
  intervals: Interval[];
  shown: ShownPart[];
  otherwise: Look | ShownPart[];
}>;
type ShownPart = { holds?: boolean; expected?: string; seen?: string };

function stepPart(step: StepObservation, index: number, ended: boolean): Html {
  const words = [...wordsOf(step), ...(ended ? ['ended here'] : [])];
  return html`<li><p class="step"><b>${index + 1}. ${step.verb}</b> <span class="quiet">${words.join(' · ')}</span></p>${looksOf(step)}</li>`;
}

function wordsOf({ writes = [], objects = [], subject, holds, expected, seen, workloads = [], traffic, held, readings, looks, deadlineMs, convergenceMs, durationMs }: Parts): string[] {
  return [
    ...writes.map(writeText),
    ...objects.map(({ kind, name }) => `${kind} ${name}`),
    ...(subject === undefined ? [] : [holds === undefined ? subject : `${subject}: ${holds ? 'as expected' : `expected ${expected}; seen ${seen}`}`]),
    ...workloads.map(({ workload, replicas }) => `${workload} ${replicas}`),
    ...(traffic === undefined ? [] : [trafficText(traffic)]),
    ...(held === undefined ? [] : [heldText(held)]),
    ...(readings === undefined ? [] : [counted(readings, 'reading')]),
    ...(looks === undefined ? [] : [counted(looks.count, 'look')]),
    ...(deadlineMs === undefined ? [] : [convergenceMs === undefined ? `not so within ${durationText(deadlineMs)}` : `in force after ${durationText(convergenceMs)} of at most ${durationText(deadlineMs)}`]),
    ...(durationMs === undefined ? [] : [durationText(durationMs)]),
  ];
}

function looksOf({ measured, intervals, looks, deadlineMs, shown, otherwise }: Parts): Content {
  const last = looks?.lastFailing;
  return [
    measured !== undefined && lookTable(measured, intervals),
    // Looks before the measured one fail as long as a change is on its way: they say something only where it did not arrive.
    last !== undefined && (measured === undefined || deadlineMs === undefined) && html`<p class="small">The last look that did not hold, at ${durationText(last.at)}:</p>${lookTable(last)}`,
    shown !== undefined && shownTable(shown),
    otherwise !== undefined && html`<p class="small">The lesser form that the assertion allows for:</p>${Array.isArray(otherwise) ? shownTable(otherwise) : lookTable(otherwise)}`,
  ];
}

function shownTable(shown: readonly ShownPart[]): Html {
  return html`<ul class="look">${shown.map(({ holds, expected = '', seen = '' }) => html`<li><span>${holds === false ? 'not so' : 'so'}</span> <span>${expected}</span> <span>${seen}</span></li>`)}</ul>`;
}

function heldText({ traffic, connection, attempts, answers, refusals, brokenAfterMs }: HeldSeen): string {
  const broken = brokenAfterMs === undefined ? 'all answered' : `not answered ${durationText(brokenAfterMs)} after the change`;
  return `${trafficText(traffic)}, ${connection === 'kept' ? 'one connection' : 'fresh connections'}, ${attempts} attempts: ${[countsText(answers), countsText(refusals), broken].filter((text) => text !== '').join('; ')}`;
}

function writeText({ kind, name, apiVersion, outcome, message }: Write): string {
  return `${kind} ${name} (${apiVersion}) ${outcome}${message === undefined ? '' : `: ${message}`}`;
}

/** One line for each kind of traffic: what it was, what was expected, what came. */
function lookTable({ seen }: Look, intervals: readonly Interval[] = []): Html {
  return html`<ul class="look">${seen.map((one) => html`<li><span>${trafficText(one.traffic)}</span> <span>${expectedText(one.expected)}</span> <span>${seenText(one, intervals)}</span></li>`)}</ul>`;
}

function seenText({ expected, attempts, answers, refusals, reached, alive }: Seen, intervals: readonly Interval[]): string {
  const answered = expected.outcome === 'shares' && intervals.length > 0 ? intervalsText(intervals) : countsText(answers);
  return [
    `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${answered === '' ? 'no answer' : answered}`,
    countsText(refusals),
    ...(countsText(reached) === countsText(answers) || expected.outcome !== 'denied' ? [] : [`yet reached ${countsText(reached)}`]),
    ...(alive === false ? ['a server did not prove that it was alive'] : []),
  ].filter((text) => text !== '').join('; ');
}

function expectedText(expected: Seen['expected']): string {
  if (expected.outcome === 'answered') return `answered by ${expected.by.join(', ')}`;
  if (expected.outcome === 'shares') return Object.entries(expected.shares).map(([workload, share]) => `${workload} ${share}`).join(' : ');
  return expected.outcome;
}

function intervalsText(intervals: readonly Interval[]): string {
  return intervals.map(({ workload, low, high, seen }) => `${workload} ${seen} (${low}–${high})`).join(', ');
}

function countsText(counts: Record<string, number>): string {
  return Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', ');
}
