import type { Outcome } from '../conformance.ts';
import { specifications, type Specification } from '../model/specification.ts';
import type { Toolkit } from './toolkit.ts';

/** What each output of the action holds; `action.yml` describes the same, and a test compares them. */
export const outputNames: string[] = ['result', 'report', 'passed', 'failed', 'skipped', 'bundle', 'upload_id', 'published', 'artifact', 'attestation', ...specifications.flatMap((one) => [outputOf(one, 'capability'), outputOf(one, 'compliance')])];

/** Every output of the action and what a run gave it. A run that ended without a report is `incomplete`; its figures are absent. */
export function outputsOf({ report, files, delivered }: Outcome): Record<string, string> {
  if (report === undefined) return { result: 'incomplete' };
  const outputs: Record<string, string> = {
    result: report.result,
    report: files['report'] ?? '',
    passed: String(report.summary.pass),
    failed: String(report.summary.fail),
    skipped: String(report.summary.skip),
    bundle: files['bundle'] ?? '',
    upload_id: delivered?.uploadId ?? '',
    published: delivered?.published ?? '',
    artifact: delivered?.artifact ?? '',
    attestation: delivered?.attestation ?? '',
  };
  for (const specification of specifications) {
    const result = report.specifications.find((one) => one.specification === specification);
    outputs[outputOf(specification, 'capability')] = result?.capability ?? 'none';
    outputs[outputOf(specification, 'compliance')] = result?.compliance ?? 'not-applicable';
  }
  return outputs;
}

/** Hands the outputs to the workflow. */
export function setOutputs(toolkit: Toolkit, outcome: Outcome): void {
  for (const [name, value] of Object.entries(outputsOf(outcome))) toolkit.setOutput(name, value);
}

function outputOf(specification: Specification, figure: 'capability' | 'compliance'): string {
  return `${specification.replaceAll('-', '_')}_${figure}`;
}
