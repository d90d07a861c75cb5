import type { CarriedOut } from '../door/carry-out.ts';
import { causesOf } from '../door/causes.ts';
import { failureOf } from '../door/failure.ts';
import type { Report } from '../model/report.ts';
import type { FailureAnnotation } from '../report/index.ts';
import { annotate } from './annotate.ts';
import { harmless } from './harmless.ts';
import { setOutputs } from './outputs.ts';
import { regressionAnnotations } from './regressions.ts';
import { writeSummary } from './summary.ts';
import type { Runner, Toolkit } from './toolkit.ts';

/** Tells the workflow how the run ended: table, annotations, job summary, outputs, and failure where it failed. */
export async function publish(toolkit: Toolkit, runner: Runner, { outcome, said }: CarriedOut): Promise<void> {
  const { report, error, exitCode, delivered } = outcome;
  setOutputs(toolkit, outcome);
  const regressions = delivered === undefined ? [] : regressionAnnotations(delivered);
  const closing = report === undefined ? `The run ended with status ${exitCode} and without a report.` : await show(toolkit, runner, report, regressions);
  for (const { level, message } of said) toolkit[level](level === 'info' ? harmless(message) : message);
  if (exitCode === 0) toolkit.info(harmless(closing));
  else toolkit.setFailed(error === undefined ? `${delivered?.regressed ? `${regressions.length} verdicts are worse than in the baseline. ` : ''}${closing}` : failureOf(error));
  if (error?.cause !== undefined) toolkit.debug(causesOf(error.cause));
}

/** Columns of GitHub's log that a usual window shows. */
const logWidth = 120;

/** Returns the sentence that closes it. */
async function show(toolkit: Toolkit, runner: Runner, report: Report, regressions: readonly FailureAnnotation[]): Promise<string> {
  const [{ toAnnotations, toSummary, toTable }, { closingOf }] = await Promise.all([import('../report/index.ts'), import('../door/closing.ts')]);
  toolkit.info(harmless(toTable(report, { color: false, width: logWidth })));
  annotate(toolkit, [...regressions, ...toAnnotations(report)]);
  await writeSummary(toolkit, runner.summaryFile, toSummary(report));
  return closingOf(report);
}
