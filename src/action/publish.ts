import type { Outcome } from '../conformance.ts';
import { causesOf } from '../door/causes.ts';
import { failureOf } from '../door/failure.ts';
import type { Report } from '../model/report.ts';
import { annotate } from './annotate.ts';
import { harmless } from './harmless.ts';
import { setOutputs } from './outputs.ts';
import { writeSummary } from './summary.ts';
import type { Runner, Toolkit } from './toolkit.ts';

/** Tells the workflow how the run ended: table, annotations, job summary, outputs, and failure where it failed. */
export async function publish(toolkit: Toolkit, runner: Runner, outcome: Outcome): Promise<void> {
  const { report, error, exitCode } = outcome;
  setOutputs(toolkit, outcome);
  const closing = report === undefined ? `The run ended with status ${exitCode} and without a report.` : await show(toolkit, runner, report);
  if (exitCode === 0) toolkit.info(harmless(closing));
  else toolkit.setFailed(error === undefined ? closing : failureOf(error));
  if (error?.cause !== undefined) toolkit.debug(causesOf(error.cause));
}

/** Columns of GitHub's log that a usual window shows. */
const logWidth = 120;

/** Returns the sentence that closes it. */
async function show(toolkit: Toolkit, runner: Runner, report: Report): Promise<string> {
  const [{ toAnnotations, toSummary, toTable }, { closingOf }] = await Promise.all([import('../report/index.ts'), import('../door/closing.ts')]);
  toolkit.info(harmless(toTable(report, { color: false, width: logWidth })));
  annotate(toolkit, toAnnotations(report));
  await writeSummary(toolkit, runner.summaryFile, toSummary(report));
  return closingOf(report);
}
