import type { Instead, Otherwise, Step } from '../model/assertion.ts';
import type { LesserMeasure, ShownResult } from '../model/metrics.ts';
import type { Look, Seen, StepObservation, Write } from '../model/observation.ts';
import { alphas, type Finding } from './finding.ts';
import { findingsOf, optionsOf, violationsOf } from './hold.ts';
import { clauses, durationText, expectedText, heldText, joined, seenText, trafficText } from './words.ts';

/** What one step says about the mesh, with the sentences that users read. */
export type StepJudgement =
  | { outcome: 'held'; expected?: string; seen?: string; /** What is worth knowing whatever was required. */ note?: string }
  /** The declared lesser behaviour was seen instead. */
  | { outcome: 'excused'; by: Otherwise | Instead | LesserMeasure; expected: string; seen: string }
  | { outcome: 'violated'; reason: string; expected: string; seen: string; /** By time-outs alone: it has to be seen twice. */ byTimeouts?: true }
  /** What the claim rests on was kept away by the mesh, which is another assertion's matter. */
  | { outcome: 'groundless'; reason: string; expected: string; seen: string }
  /** Nothing can be said: the harness' fault, or no proof of life. */
  | { outcome: 'unproven'; reason: string; expected: string; seen: string };

/** Judges the last step of which there is an observation; undefined where there is none. An assertion runs until a step does not hold, so this one says whether it came true. */
export function judgeLast(steps: readonly Step[], observations: readonly StepObservation[]): StepJudgement | undefined {
  const [last, step] = [observations.at(-1), steps[observations.length - 1]];
  return last === undefined || step === undefined ? undefined : judgeStep(step, last);
}

/** Judges what one step brought to light, from its numbers alone. */
export function judgeStep(step: Step, observation: StepObservation): StepJudgement {
  const declared = 'eventually' in step || 'always' in step ? step.otherwise : undefined;
  switch (observation.verb) {
    case 'apply':
    case 'patch':
      return stored(observation.writes);
    case 'try':
      return tried(observation.writes);
    case 'rejected':
      return refused(observation.writes, 'rejected' in step ? step.otherwise : undefined, observation.otherwise);
    case 'delete':
      return { outcome: 'held', expected: `${names(observation.objects)} can be deleted`, seen: 'deleted' };
    case 'observe':
      return observed(observation);
    case 'always':
      return looked(observation.measured, observation.otherwise, declared, 'always');
    case 'eventually':
      return arrived(observation, declared);
    case 'throughout':
      return looked(observation.measured, undefined, undefined, `throughout ${durationText(observation.durationMs)}`);
    case 'record':
      return recorded(observation.measured);
    case 'start':
    case 'restart':
    case 'scale':
      return { outcome: 'held' };
    case 'hold':
      return { outcome: 'held' };
    case 'release':
      return { outcome: 'held', note: heldText(observation.held) };
    case 'sample':
      return sampled(observation);
    case 'measure':
      return measured(observation, 'measure' in step ? step : undefined);
  }
}

function stored(writes: Write[]): StepJudgement {
  const bad = writes.filter(({ outcome }) => outcome === 'refused');
  const expected = `the API server stores ${names(writes)}`;
  if (bad.length === 0) return { outcome: 'held', expected, seen: 'stored' };
  const words = clauses(bad.map((write) => `${nameOf(write)}: ${write.message ?? 'no reason was given'}`));
  return { outcome: 'violated', reason: `The API server refused ${words}`, expected, seen: `refused: ${words}` };
}

/** Either is right: what follows shows whether objects that were stored do any harm. */
function tried(writes: Write[]): StepJudgement {
  const [accepted, turned] = [writes.filter(({ outcome }) => outcome === 'stored'), writes.filter(({ outcome }) => outcome === 'refused')];
  const note = clauses([...(turned.length > 0 ? [`${names(turned)} refused`] : []), ...(accepted.length > 0 ? [`${names(accepted)} stored`] : [])]);
  return { outcome: 'held', expected: `the API server stores or refuses ${names(writes)}`, seen: note, note };
}

/** Nothing is required of what was recorded, but it must have been seen soundly. */
function recorded(look: Look): StepJudgement {
  const unsound = findingsOf(look);
  const words = sentences(look.seen);
  if (unsound.length > 0) return { outcome: 'unproven', reason: clauses(unsound.map(({ text }) => text), 3), ...words };
  return { outcome: 'held', ...words, note: clauses(look.seen.map((one) => `${trafficText(one.traffic)}: ${seenText(one)}`), 8) };
}

function refused(writes: Write[], declared: Instead | undefined, lesser: Look | undefined): StepJudgement {
  const accepted = writes.filter(({ outcome }) => outcome === 'stored');
  const expected = `the API server refuses ${names(writes)}`;
  if (accepted.length === 0) return { outcome: 'held', expected, seen: 'refused' };
  const harmless = declared !== undefined && (hasTraffic(declared) ? lesser !== undefined && findingsOf(lesser).length === 0 : true);
  if (declared !== undefined && harmless) {
    return { outcome: 'excused', by: declared, expected, seen: clauses([`stored ${names(accepted)}`, ...(lesser === undefined ? [] : [sentences(lesser.seen).seen])]) };
  }
  return { outcome: 'violated', reason: `The API server stored ${names(accepted)}, which it must refuse`, expected, seen: `stored ${names(accepted)}` };
}

function hasTraffic({ allowed, denied, answered }: Instead): boolean {
  return [allowed, denied, answered].some((list) => list !== undefined);
}

function observed({ subject, holds, expected, seen }: Extract<StepObservation, { verb: 'observe' }>): StepJudgement {
  return holds ? { outcome: 'held', expected, seen } : { outcome: 'violated', reason: `${subject}: ${seen}`, expected, seen };
}

/** A change that had to arrive: first that it came at all, then what was measured once it had. */
function arrived(observation: Extract<StepObservation, { verb: 'eventually' }>, declared: Otherwise | undefined): StepJudgement {
  const { convergenceMs, deadlineMs, looks, measured, otherwise } = observation;
  if (convergenceMs !== undefined && measured) return looked(measured, otherwise, declared, 'measured after it had come true');
  // Small windows only say that a change seems to have arrived: they decide nothing.
  if (convergenceMs !== undefined) return { outcome: 'unproven', reason: 'Came true, but was not measured', expected: 'a look at full size', seen: 'none' };
  const last = looks.lastFailing ?? measured;
  if (!last) return { outcome: 'unproven', reason: `No look was taken within ${durationText(deadlineMs)}`, expected: 'looks until the expectation holds', seen: 'none' };
  const judged = looked(last, otherwise, declared, `not so within ${durationText(deadlineMs)}`);
  if (judged.outcome !== 'held') return judged;
  // The last look held, but no streak of them did before the deadline: it comes and goes.
  return { ...sentences(last.seen), outcome: 'violated', reason: `Did not stay so within ${durationText(deadlineMs)}: looks that hold and looks that do not alternate` };
}

/** A distribution. Where the new state never came, refusals are no accident of the measurement but the state that the mesh is in. */
function sampled({ convergenceMs, deadlineMs, looks, measured }: Extract<StepObservation, { verb: 'sample' }>): StepJudgement {
  const judged = looked(measured, undefined, undefined, 'measured');
  const neverCame = convergenceMs === undefined && looks.lastFailing !== undefined;
  if (judged.outcome === 'unproven' && neverCame && againstMesh(looks.lastFailing) && againstMesh(measured)) {
    return { ...judged, outcome: 'violated', reason: `${judged.reason}; the distribution did not come to be within ${durationText(deadlineMs)}` };
  }
  return judged;
}

/** What metrics showed. What was only to be read is noted. */
function measured({ subject, shown, otherwise, unanswered = [] }: Extract<StepObservation, { verb: 'measure' }>, step: Extract<Step, { measure: unknown }> | undefined): StepJudgement {
  const failed = shown.filter(({ holds }) => !holds);
  const words = (results: readonly ShownResult[]): { expected: string; seen: string } => ({ expected: clauses(results.map(({ expected }) => expected)), seen: clauses(results.map(({ seen }) => seen)) });
  const noted = (step?.measure.shows ?? []).flatMap((claim, index) => ('noted' in claim ? [`${subject}: ${shown[index]?.seen ?? ''}`] : []));
  if (failed.length === 0) return { outcome: 'held', ...words(shown), ...(noted.length === 0 ? {} : { note: clauses(noted) }) };
  if (step?.otherwise !== undefined && otherwise !== undefined && otherwise.every(({ holds }) => holds)) return { outcome: 'excused', by: step.otherwise, expected: words(failed).expected, seen: words(otherwise).seen };
  if (unanswered.length > 0) return { outcome: 'groundless', reason: `The mesh let no request of ${joined(unanswered)} be answered, so there was nothing for metrics to show`, ...words(failed) };
  return { outcome: 'violated', reason: `${subject}: ${clauses(failed.map(({ seen }) => seen), 3)}`, ...words(failed) };
}

function looked(look: Look, lesser: Look | undefined, declared: Otherwise | undefined, when: string): StepJudgement {
  const findings = findingsOf(look);
  if (findings.length === 0) return { outcome: 'held', ...sentences(look.seen) };
  const failing = look.seen.filter((seen) => violationsOf(seen, optionsOf(look.purpose)).length > 0);
  const words = sentences(failing);
  if (lesser && declared && findingsOf(lesser).length === 0) return { outcome: 'excused', by: declared, expected: words.expected, seen: sentences(lesser.seen).seen };
  const { kind, texts, byTimeouts } = decisive(findings);
  const suffix = when === 'always' || when === 'measured' ? '' : ` (${when})`;
  const reason = `${capitalised(clauses(texts, 3))}${suffix}`;
  return kind === 'violation' ? { outcome: 'violated', reason, ...words, ...(byTimeouts ? { byTimeouts } : {}) } : { outcome: 'unproven', reason, ...words };
}

/** Whether what keeps a look from holding is the mesh's doing, refusals included, and nothing of the harness. */
function againstMesh(look: Look | undefined): boolean {
  const findings = look === undefined ? [] : findingsOf(look);
  return findings.length > 0 && findings.every(({ kind, byRefusals }) => kind === 'violation' || byRefusals === true);
}

/** Positive evidence against the mesh outweighs doubts about other parts of the same look. */
function decisive(findings: Finding[]): { kind: Finding['kind']; texts: string[]; byTimeouts: boolean } {
  const kind = findings.some((finding) => finding.kind === 'violation') ? 'violation' : 'unproven';
  const deciding = findings.filter((finding) => finding.kind === kind);
  return { kind, texts: deciding.map(({ text }) => text), byTimeouts: deciding.every((finding) => finding.byTimeouts === true) };
}

function sentences(seen: Seen[]): { expected: string; seen: string } {
  return {
    expected: clauses(seen.map((one) => expectedText(one, alphas.measure))),
    seen: clauses(seen.map((one) => (seen.length === 1 ? seenText(one) : `${trafficText(one.traffic)}: ${seenText(one)}`))),
  };
}

function names(objects: { kind: string; name: string }[]): string {
  return joined(objects.map(({ kind, name }) => `${kind} ${name}`));
}

function nameOf({ kind, name, apiVersion }: Write): string {
  return `${kind} ${name} (${apiVersion})`;
}

function capitalised(text: string): string {
  // Names of workloads keep their case: only words of ours begin a sentence with a capital.
  return /^(only|no|the) /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
