import { readFile } from 'node:fs/promises';
import schema from '../../schema/report-v1.schema.json' with { type: 'json' };
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { compileSchema } from '../yaml/index.ts';

/** Reads a `report.json` and checks it against its schema. Rejects with BAD_INPUT where the file is none. */
export async function readReport(path: string): Promise<Report> {
  return reportIn(await bytesOf(path), path);
}

/** The report in these bytes. Throws BAD_INPUT where it is none; `path` says where they are from. */
export function reportIn(bytes: Uint8Array, path: string): Report {
  const isReport = compileSchema<Report>(schema);
  const value = parse(Buffer.from(bytes).toString('utf8'), path);
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > 1) throw new ConformanceError('BAD_INPUT', `${path} is a report of schema version ${version}, and this version reads 1: use a newer smi-conformance.`);
  if (isReport(value)) return value;
  const problems = (isReport.errors ?? []).map(({ instancePath, message = 'is wrong' }) => `${instancePath || 'it'} ${message}`);
  throw notReport(path, problems.slice(0, mostShown).join('; ') + (problems.length > mostShown ? `; and ${problems.length - mostShown} more` : ''));
}
const mostShown = 5;

/** The bytes of a report, as they are. Rejects with BAD_INPUT where there are none. */
export async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new ConformanceError('BAD_INPUT', `The report ${path} cannot be read: ${messageOf(error)}. Name the report.json of a run.`, { cause: error });
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notReport(path, `it is not JSON (${messageOf(error)})`);
  }
}

function notReport(path: string, why: string): ConformanceError {
  return new ConformanceError('BAD_INPUT', `${path} is not a report that this version reads: ${why}. Name the report.json of a run.`);
}
