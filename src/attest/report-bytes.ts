import schema from '../../schema/report-v1.schema.json' with { type: 'json' };
import { messageOf } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { compileSchema, type Validator } from '../yaml/index.ts';

/** The report in some bytes, or why this version cannot read it. */
export type ReportRead = { report: Report } | { problem: string };

/** Reads bytes as a report, and checks it by the schema. */
export function reportIn(bytes: Uint8Array): ReportRead {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    return { problem: `it is not JSON (${messageOf(error)})` };
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > 1) return { problem: `it is of schema version ${version}, and this version of smi-conformance reads 1: use a newer one` };
  const isReport = validator();
  if (isReport(value)) return { report: value };
  const [first] = isReport.errors ?? [];
  return { problem: `it is no report that this version reads: ${first?.instancePath || 'it'} ${first?.message ?? 'is wrong'}` };
}

let compiled: Validator<Report> | undefined;
function validator(): Validator<Report> {
  return (compiled ??= compileSchema<Report>(schema));
}
