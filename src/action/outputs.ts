import type { Outcome } from '../conformance.ts';
import { specifications } from '../model/specification.ts';
import type { Toolkit } from './toolkit.ts';

/** Every output of the action and what a run gave it. A run that ended without a report is `incomplete`; its figures are absent. */
export function outputsOf(outcome: Outcome): Record<string, string> {
  const { report, files } = outcome;
  if (report === undefined) return { result: 'incomplete' };
  const outputs: Record<string, string> = {
    result: report.result,
    report: files['report'] ?? files['json'] ?? '',
    passed: String(report.summary.pass),
    failed: String(report.summary.fail),
    skipped: String(report.summary.skip),
  };
  for (const specification of specifications) {
    const result = report.specifications.find((one) => one.specification === specification);
    const name = specification.replaceAll('-', '_');
    outputs[`capability_${name}`] = result?.capability ?? 'none';
    outputs[`compliance_${name}`] = result?.compliance ?? 'not-applicable';
  }
  return outputs;
}

/** Hands the outputs to the workflow. */
export function setOutputs(toolkit: Toolkit, outcome: Outcome): void {
  for (const [name, value] of Object.entries(outputsOf(outcome))) toolkit.setOutput(name, value);
}
