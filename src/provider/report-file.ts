import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import schema from '../../schema/report-v1.schema.json' with { type: 'json' };
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { compileSchema, type Validator } from '../yaml/schema.ts';

/** A report with the bytes that it was read from, which are what a signature and the id of a result stand for. */
export interface ReportFile {
  report: Report;
  bytes: Uint8Array;
}

/** Reads the `report.json` of a folder. Rejects with BAD_INPUT where there is none, or none that this version reads. */
export async function readReportFile(directory: string): Promise<ReportFile> {
  const path = join(directory, 'report.json');
  const bytes = await bytesOf(path);
  const report = parsed(bytes, path);
  const version = (report as Partial<Report> | null)?.schemaVersion as unknown;
  if (typeof version === 'number' && version > 1) throw unreadable(path, `it is of schema version ${version}, and this version reads 1: use a newer smi-conformance`);
  const isReport = validator();
  if (isReport(report)) return { report, bytes };
  const [first] = isReport.errors ?? [];
  throw unreadable(path, `${first?.instancePath || 'it'} ${first?.message ?? 'is wrong'}`);
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new ConformanceError('BAD_INPUT', `${path} cannot be read: ${messageOf(error)}. Name the folder that a run wrote its report.json to.`, { cause: error });
  }
}

function parsed(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw unreadable(path, `it is not JSON (${messageOf(error)})`);
  }
}

function unreadable(path: string, why: string): ConformanceError {
  return new ConformanceError('BAD_INPUT', `${path} is not a report that can be uploaded: ${why}.`);
}

let compiled: Validator<Report> | undefined;
function validator(): Validator<Report> {
  return (compiled ??= compileSchema<Report>(schema));
}
