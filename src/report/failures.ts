import { gateOfReason } from '../judge/index.ts';
import type { AssertionResult, Report } from '../model/report.ts';

/** A result that somebody has to act on: against the requirement, or impossible to judge. */
export interface Failure {
  result: AssertionResult;
  /** How many other results are inconclusive because of this one. */
  blocks: number;
  /** Whether it counts for the exit status of the run. */
  counts: boolean;
}

/** The failures and errors of a report, the gravest first: gates, then must, should and the rest, in the order of the report. */
export function failuresOf({ assertions, failOn }: Pick<Report, 'assertions' | 'failOn'>): Failure[] {
  const blocked = assertions.filter(({ verdict }) => verdict === 'inconclusive').map(({ reason }) => gateOfReason(reason));
  const failures = assertions.filter(({ verdict }) => verdict === 'fail' || verdict === 'error').map((result): Failure => ({
    result,
    blocks: blocked.filter((gate) => gate === result.id).length,
    counts: result.verdict === 'error' || failOn.some((level) => level === result.level),
  }));
  return failures.toSorted((a, b) => gravity(b) - gravity(a));
}

/** `3 failures and 1 error`. */
export function failuresText(failures: readonly Failure[]): string {
  const errors = failures.filter(({ result }) => result.verdict === 'error').length;
  const counted = [[failures.length - errors, 'failure'], [errors, 'error']] as const;
  return counted.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`).join(' and ');
}

/** The step at which a result ended, by place and verb; undefined where it is not known. */
export function stepText({ failedStep, steps }: Pick<AssertionResult, 'failedStep' | 'steps'>): string | undefined {
  if (failedStep === undefined) return undefined;
  const verb = steps[failedStep]?.verb;
  return verb === undefined ? `step ${failedStep + 1}` : `step ${failedStep + 1} (${verb})`;
}

/** What there is to say of a failure, by heading: the same words in every rendering. */
export function detailsOf({ requirement, reason, expected, seen, afterwards, failedStep, steps }: AssertionResult): [heading: string, text: string][] {
  const all: [string, string | undefined][] = [
    ['because', reason],
    ['expected', expected],
    ['seen', seen],
    ['required', `${requirement.text.trim()} (${requirement.source})`],
    ['ended at', stepText({ steps, ...(failedStep === undefined ? {} : { failedStep }) })],
    ['afterwards', afterwards],
  ];
  return all.filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
}

function gravity({ result, counts }: Failure): number {
  const levels = { must: 4, should: 3, fixture: 2, info: 1 };
  return levels[result.level] + (result.gate ? 8 : 0) + (counts ? 16 : 0);
}
