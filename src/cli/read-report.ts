import { readFile } from 'node:fs/promises';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { type Report, reportSchema } from '../model/report.ts';

/** Reads a `report.json`. Rejects with BAD_INPUT where the file is none. */
export async function readReport(path: string): Promise<Report> {
  const value = parse(await textOf(path), path);
  const { $schema, schemaVersion } = Object(value) as Partial<Report>;
  if ($schema !== reportSchema) throw notReport(path, `its $schema is ${JSON.stringify($schema) ?? 'missing'}, not ${reportSchema}`);
  if (schemaVersion !== 1) throw notReport(path, `its schemaVersion is ${JSON.stringify(schemaVersion)}, and this program reads 1`);
  return value as Report;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
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
  return new ConformanceError('BAD_INPUT', `${path} is not a report of smi-conformance: ${why}. Name the report.json of a run.`);
}
