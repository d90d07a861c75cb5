import type { Assertion } from '../model/assertion.ts';
import type { RawObservation, StepObservation } from '../model/observation.ts';
import type { Level, Verdict, Version } from '../model/specification.ts';
import { closedGate } from './gates.ts';
import type { GateState } from './gates.ts';
import { judgeStep } from './step.ts';
import type { StepJudgement } from './step.ts';
import { clauses } from './words.ts';

/** The verdict on one assertion at one version, with the sentences that users read. */
export interface Judgement {
  verdict: Verdict;
  /** One sentence; there for every verdict but a plain pass. */
  reason?: string;
  expected?: string;
  seen?: string;
  /** Index into the assertion's steps of the first that did not hold. */
  failedStep?: number;
}

export interface JudgeInput {
  assertion: Assertion;
  version: Version;
  raw: RawObservation;
  gates: GateState;
}

/** The verdict: the raw judgement, unless a gate that the assertion stands behind did not hold. Gates themselves always report raw. */
export function judge({ assertion, version, raw, gates }: JudgeInput): Judgement {
  return behindGates(judgeRaw(assertion, version, raw), assertion, version, gates);
}

/** The judgement of the assertion by itself, whatever its gates say: what gates read of each other. */
export function judgeRaw(assertion: Assertion, version: Version, raw: RawObservation): Judgement {
  const level = levelAt(assertion, version);
  switch (raw.outcome) {
    case 'skipped':
      return { verdict: 'skip', reason: raw.reason };
    case 'groundless':
      return { verdict: 'inconclusive', reason: raw.reason };
    case 'errored':
      return { verdict: 'error', reason: `${raw.code}: ${raw.reason}`, ...(raw.steps.length > 0 ? { failedStep: raw.steps.length - 1 } : {}) };
    case 'observed':
      return atLevel(level, ...fromSteps(assertion, raw.steps));
  }
}

/** Puts a raw judgement behind the gates of its assertion: where one did not hold, the verdict says nothing about the requirement. */
export function behindGates(raw: Judgement, assertion: Assertion, version: Version, gates: GateState): Judgement {
  if (assertion.id in gates || raw.verdict === 'skip' || raw.verdict === 'error') return raw;
  const closed = closedGate(assertion, version, gates);
  return closed ? { ...raw, verdict: 'inconclusive', reason: `${closed.reason}, so what was seen here proves nothing` } : raw;
}

/** The level that counts at a version. */
export function levelAt(assertion: Assertion, version: Version): Level {
  return assertion.requirement.levels?.[version] ?? assertion.requirement.level;
}

/** The judgement, and what its steps noted whatever was required of them. */
function fromSteps(assertion: Assertion, observations: StepObservation[]): [Judgement, string[]] {
  const held: Extract<StepJudgement, { outcome: 'held' }>[] = [];
  for (const [failedStep, observation] of observations.entries()) {
    const step = assertion.steps[failedStep];
    if (!step || !(observation.verb in step)) {
      return [{ verdict: 'error', reason: `Observation ${failedStep + 1} (${observation.verb}) belongs to no such step of the assertion`, failedStep }, []];
    }
    const judged = judgeStep(step, observation);
    if (judged.outcome !== 'held') return [{ ...decided(judged), failedStep }, notesOf(held)];
    held.push(judged);
  }
  if (observations.length < assertion.steps.length) {
    const reason = `Ended after ${observations.length} of ${assertion.steps.length} steps, though none of them failed`;
    return [{ verdict: 'error', reason, failedStep: observations.length }, []];
  }
  return [{ verdict: 'pass', ...evidence(held) }, notesOf(held)];
}

function notesOf(held: Extract<StepJudgement, { outcome: 'held' }>[]): string[] {
  return held.flatMap(({ note }) => (note === undefined ? [] : [note]));
}

/** What a pass rests on: its last step that looked at something, which is the one that the assertion is about. */
function evidence(held: Extract<StepJudgement, { outcome: 'held' }>[]): Pick<Judgement, 'expected' | 'seen'> {
  const last = held.findLast(({ expected }) => expected !== undefined);
  return last?.expected !== undefined && last.seen !== undefined ? { expected: last.expected, seen: last.seen } : {};
}

/** Levels that are never held against a mesh: `info` is observed only, and a broken test bed is the harness' trouble. */
function atLevel(level: Level, judgement: Judgement, notes: string[]): Judgement {
  if (level === 'fixture' && judgement.verdict === 'fail') return { ...judgement, verdict: 'error' };
  if (level !== 'info' || judgement.verdict === 'skip' || judgement.verdict === 'error') return judgement;
  const outcome = judgement.verdict !== 'pass' ? [judgement.reason ?? 'Not as described'] : notes.length === 0 ? ['As described'] : [];
  return { ...judgement, verdict: 'info', reason: clauses([...notes, ...outcome, 'observed only, never scored'], 12) };
}

const verdicts = { violated: 'fail', groundless: 'inconclusive', unproven: 'error' } as const;

/** The first step that did not hold decides. */
function decided(judged: Exclude<StepJudgement, { outcome: 'held' }>): Judgement {
  const { expected, seen } = judged;
  if (judged.outcome === 'excused') return { verdict: judged.by.verdict, reason: judged.by.reason, expected, seen };
  return { verdict: verdicts[judged.outcome], reason: judged.reason, expected, seen };
}
