import { identityOf } from '../judge/index.ts';
import type { AssertionResult, Report } from '../model/report.ts';
import type { ReportInput } from './build.ts';
import { ofSuite } from './derive.ts';
import { listed } from './text.ts';

/** What identifies a result. */
export type Identity = Pick<AssertionResult, 'id' | 'version'>;

/** Everything that keeps a run from being complete; empty when all that the whole suite planned is there exactly once and nothing is an `error`. What was added to the suite keeps no run from it. */
export function incompleteReasons(input: Pick<ReportInput, 'run' | 'planned' | 'results' | 'interrupted' | 'endedBecause'>): string[] {
  const { interrupted, endedBecause } = input;
  const [planned, results] = [ofSuite(input.planned), ofSuite(input.results)];
  const missing = missingOf(planned, results);
  const unplanned = missingOf(results, planned);
  return [
    ...(interrupted ? [`interrupted by ${interrupted}`] : []),
    ...(endedBecause === undefined ? [] : [endedBecause]),
    ...(missing.length > 0 ? [`${missing.length} of ${planned.length} planned results are missing: ${identities(missing)}`] : []),
    ...(unplanned.length > 0 ? [`${unplanned.length} not planned, but judged: ${identities(unplanned)}`] : []),
    ...reasonsInReport({ run: input.run, assertions: input.results }),
  ];
}

/** The planned results that are not there, in the order of the plan. */
export function missingOf(planned: readonly Identity[], results: readonly Identity[]): Identity[] {
  const there = new Set(results.map(identityOf));
  return planned.filter((one) => !there.has(identityOf(one)));
}

/** Those reasons that a finished report shows by itself. */
export function reasonsInReport({ run, assertions }: Pick<Report, 'run'> & { assertions: Readonly<Report['assertions']> }): string[] {
  const twice = assertions.filter((one, place) => assertions.findIndex((other) => identityOf(other) === identityOf(one)) < place);
  const errors = ofSuite(assertions).filter(({ verdict }) => verdict === 'error');
  return [
    ...(run.only.length > 0 ? [`only ${run.only.join(', ')} was asked for`] : []),
    ...(run.skip.length > 0 ? [`${run.skip.join(', ')} was left out`] : []),
    ...(run.shard === undefined ? [] : [`only part ${run.shard.index} of ${run.shard.of} was run: merge the reports of all parts`]),
    ...(twice.length > 0 ? [`${twice.length} judged more than once: ${identities(twice)}`] : []),
    ...(errors.length > 0 ? [`${errors.length} could not be judged: ${identities(errors)}`] : []),
  ];
}

function identities(results: readonly Identity[]): string {
  return listed(results.map(identityOf), 5);
}
