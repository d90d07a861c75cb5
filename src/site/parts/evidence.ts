import { durationText, trafficText } from '../../judge/index.ts';
import type { HeldSeen, Interval, Look, Seen, StepObservation, Write } from '../../model/observation.ts';
import type { AssertionResult } from '../../model/report.ts';
import { type Content, type Html, html } from '../html.ts';
import type { KnownFailure } from '../known-failures.ts';

/** Everything that a result rests on: the words for it, and the looks with their numbers. */
export function evidence(result: AssertionResult, known: KnownFailure | undefined): Html {
  const { reason, expected, seen, afterwards, steps, failedStep } = result;
  const words: [string, string | undefined][] = [['Because', reason], ['Expected', expected], ['Seen', seen], ['Afterwards', afterwards]];
  const looks = steps.map((step, index) => stepPart(step, index, index === failedStep));
  return html`<dl class="words">${words.filter(([, text]) => text !== undefined && text !== '').map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}
${known !== undefined && html`<div><dt>Known</dt><dd><a href="${known.bug}" rel="noreferrer">${known.bug}</a>${known.note !== undefined && html`<br>${known.note}`}</dd></div>`}</dl>${looks.length > 0 && html`<ol class="steps">${looks}</ol>`}`;
}

/** A step shows what its observation has, whatever its verb is: reports of later suites have verbs that are not known here. */
function stepPart(step: StepObservation, index: number, ended: boolean): Html {
  const words = [...wordsOf(step), ...(ended ? ['ended here'] : [])];
  return html`<li><p class="step"><b>${index + 1}. ${step.verb}</b> <span class="quiet">${words.join(' · ')}</span></p>${looksOf(step)}</li>`;
}

function wordsOf(step: StepObservation): string[] {
  return [
    ...('writes' in step ? step.writes.map(writeText) : []),
    ...('objects' in step ? step.objects.map(({ kind, name }) => `${kind} ${name}`) : []),
    ...('subject' in step ? [`${step.subject}: ${step.holds ? 'as expected' : `expected ${step.expected}; seen ${step.seen}`}`] : []),
    ...('workloads' in step ? step.workloads.map(({ workload, replicas }) => `${workload} ${replicas}`) : []),
    ...('traffic' in step ? [trafficText(step.traffic)] : []),
    ...('held' in step ? [heldText(step.held)] : []),
    ...('deadlineMs' in step ? [waitText(step)] : []),
    ...('durationMs' in step ? [durationText(step.durationMs)] : []),
  ];
}

function looksOf(step: StepObservation): Content {
  const measured = 'measured' in step ? step.measured : undefined;
  const last = 'looks' in step ? step.looks.lastFailing : undefined;
  const lesser = 'otherwise' in step ? step.otherwise : undefined;
  return [
    measured !== undefined && lookTable(measured, 'intervals' in step ? step.intervals : []),
    // Looks before the measured one fail as long as a change is on its way: they say something only where it did not arrive.
    last !== undefined && (measured === undefined || !('deadlineMs' in step)) && html`<p class="small">The last look that did not hold, at ${durationText(last.at)}:</p>${lookTable(last)}`,
    lesser !== undefined && html`<p class="small">The lesser form that the assertion allows for:</p>${lookTable(lesser)}`,
  ];
}

function heldText({ traffic, connection, attempts, answers, refusals, brokenAfterMs }: HeldSeen): string {
  const broken = brokenAfterMs === undefined ? 'all answered' : `not answered ${durationText(brokenAfterMs)} after the change`;
  return `${trafficText(traffic)}, ${connection === 'kept' ? 'one connection' : 'fresh connections'}, ${attempts} attempts: ${[countsText(answers), countsText(refusals), broken].filter((text) => text !== '').join('; ')}`;
}

function writeText({ kind, name, apiVersion, outcome, message }: Write): string {
  return `${kind} ${name} (${apiVersion}) ${outcome}${message === undefined ? '' : `: ${message}`}`;
}

function waitText({ convergenceMs, deadlineMs, looks }: { convergenceMs?: number; deadlineMs: number; looks: { count: number } }): string {
  const count = `${looks.count} ${looks.count === 1 ? 'look' : 'looks'}`;
  return convergenceMs === undefined ? `${count}, not so within ${durationText(deadlineMs)}` : `${count}, in force after ${durationText(convergenceMs)} of at most ${durationText(deadlineMs)}`;
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
