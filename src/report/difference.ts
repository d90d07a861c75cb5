import { identityOf } from '../judge/index.ts';
import type { AssertionResult, Report } from '../model/report.ts';
import type { Verdict } from '../model/specification.ts';

/** As much of a result as a comparison needs. */
export type Compared = Pick<AssertionResult, 'id' | 'version' | 'verdict'>;

/** One result in two reports. */
export interface Changed<R extends Compared = AssertionResult> {
  before: R;
  after: R;
}

/** Two reports compared by the identity of their results (assertion, API version). All lists are in the order of the later report, `gone` in that of the earlier. */
export interface ReportDifference<R extends Compared = AssertionResult> {
  /** Less than it was. */
  worse: Changed<R>[];
  better: Changed<R>[];
  /** Another verdict, of which nobody can say whether it is more or less: from `fail` to `skip`, from or to `error` and `info`. */
  other: Changed<R>[];
  /** Only in the later report. */
  added: R[];
  /** Only in the earlier one. */
  gone: R[];
  /** How many have the same verdict. */
  same: number;
}

export function differenceOf<R extends Compared>(before: { assertions: readonly R[] }, after: { assertions: readonly R[] }): ReportDifference<R> {
  const earlier = new Map(before.assertions.map((result) => [identityOf(result), result]));
  const difference: ReportDifference<R> = { worse: [], better: [], other: [], added: [], gone: [], same: 0 };
  for (const result of after.assertions) {
    const was = earlier.get(identityOf(result));
    earlier.delete(identityOf(result));
    if (was === undefined) difference.added.push(result);
    else if (was.verdict === result.verdict) difference.same++;
    else difference[directionOf(was.verdict, result.verdict)].push({ before: was, after: result });
  }
  return { ...difference, gone: [...earlier.values()] };
}

/**
 * The verdicts of must and should requirements that are worse in `report` than in `baseline`. What is missing from the later report, or new in it, is
 * none: a filter, or a mesh that offers other API versions, makes such differences. Both reports must be of the same mesh; the caller sees to that.
 */
export function regressionsOf(baseline: Pick<Report, 'assertions'>, report: Pick<Report, 'assertions'>): Changed[] {
  return differenceOf(baseline, report).worse.filter(({ after }) => after.level === 'must' || after.level === 'should');
}

/** How much each verdict says for a mesh. Not offering a thing is more than getting it wrong, and less than a reduced form of it. */
export const worth: Partial<Record<Verdict, number>> = { pass: 4, partial: 3, skip: 2, inconclusive: 1, fail: 1 };

/** Between two verdicts that differ. */
function directionOf(before: Verdict, after: Verdict): 'worse' | 'better' | 'other' {
  const [was, is] = [worth[before], worth[after]];
  if (was === undefined || is === undefined || was === is) return 'other';
  // To stop offering what one got wrong mends nothing.
  if (was < is && after === 'skip') return 'other';
  return is < was ? 'worse' : 'better';
}
