import type { Seen, StepObservation } from '../model/observation.ts';
import type { AssertionResult, FailOn, LevelFigure, Report, SpecificationResult, Statistics, Summary } from '../model/report.ts';
import { verdicts } from '../model/specification.ts';
import type { Level, Verdict } from '../model/specification.ts';
import { splitFalseFailure } from './binomial.ts';
import { alphas } from './finding.ts';
import { total } from './words.ts';

type Scored = Pick<AssertionResult, 'level' | 'verdict'>;

/** The numbers of verdicts, and the figures of the two levels that are scored. */
export function summarise(results: readonly Scored[]): Summary {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, count(results, verdict)])) as Record<Verdict, number>;
  return { ...counts, total: results.length, must: levelFigure(results, 'must'), should: levelFigure(results, 'should') };
}

/** The result of a run: about the mesh, so by the compliance of every specification and not by what the caller wants to fail on. */
export function resultOf(specifications: readonly Pick<SpecificationResult, 'compliance'>[], complete: boolean): Report['result'] {
  if (!complete) return 'incomplete';
  return specifications.some(({ compliance }) => compliance === 'failed') ? 'failed' : 'passed';
}

export interface ExitInput {
  results: readonly Scored[];
  failOn: readonly FailOn[];
  /** Planned results that are not there. */
  missing: number;
  /** The signal that ended the run, where one did. */
  signal?: 'SIGINT' | 'SIGTERM';
}

/** 130, 143 interrupted · 3 could not be completed · 1 failed as `failOn` says · 0 else. A run that filters chose, and that got through, counts as completed. */
export function exitStatus({ results, failOn, missing, signal }: ExitInput): 0 | 1 | 3 | 130 | 143 {
  if (signal) return signal === 'SIGINT' ? 130 : 143;
  if (missing > 0 || results.some(({ verdict }) => verdict === 'error')) return 3;
  const counted: readonly Level[] = failOn.filter((level) => level !== 'never');
  return results.some(({ level, verdict }) => counted.includes(level) && (verdict === 'fail' || verdict === 'inconclusive')) ? 1 : 0;
}

/** How many statistical checks were made, and the probability that any of them fails a sound mesh (union bound). */
export function statisticsOf(results: readonly Pick<AssertionResult, 'steps'>[], alpha: number = alphas.measure): Statistics {
  const checks = results.flatMap(({ steps }) => steps.flatMap(measuredOf)).map((seen) => falseFailureOf(seen, alpha)).filter((one) => one !== undefined);
  return { alpha, checks: checks.length, falseFailure: checks.reduce((sum, one) => sum + one, 0) };
}

function levelFigure(results: readonly Scored[], level: Level): LevelFigure {
  const mine = results.filter((result) => result.level === level);
  const [passed, partial, failed, inconclusive] = [count(mine, 'pass'), count(mine, 'partial'), count(mine, 'fail'), count(mine, 'inconclusive')];
  const applicable = passed + partial + failed + inconclusive;
  // Rounded, so that the figure is the same whoever recomputes it.
  const score = applicable === 0 ? 0 : Math.round(((passed + partial / 2) / applicable) * 10_000) / 10_000;
  return { passed, partial, failed, inconclusive, applicable, score };
}

function count(results: readonly Scored[], verdict: Verdict): number {
  return results.filter((result) => result.verdict === verdict).length;
}

/** The looks that a verdict rests on; converging looks are repeated when they fail, so they fail nobody. */
function measuredOf(step: StepObservation): Seen[] {
  switch (step.verb) {
    case 'eventually':
    case 'always':
    case 'throughout':
    case 'sample':
      return step.measured?.seen ?? [];
    default:
      return [];
  }
}

/** Distributions by the exact binomial; "each of these answers at least once" under even balancing. All else has no chance in it. */
function falseFailureOf({ expected, attempts, answers }: Seen, alpha: number): number | undefined {
  if (expected.outcome === 'answered') {
    const backends = expected.by.length;
    return backends > 1 ? backends * (1 - 1 / backends) ** attempts : undefined;
  }
  if (expected.outcome !== 'shares') return undefined;
  const drawn = Object.values(expected.shares).filter((share) => share > 0).length > 1;
  return drawn ? splitFalseFailure(total(answers), expected.shares, alpha) : undefined;
}
