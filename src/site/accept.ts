import { isUtf8 } from 'node:buffer';
import { Ajv, type ValidateFunction } from 'ajv';
import schema from '../../schema/report-v1.schema.json' with { type: 'json' };
import { messageOf } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { refusalOf } from '../publish/index.ts';

/** A report that may be shown as a result of its mesh, or why a file is none. */
export type Accepted = { report: Report } | { refused: string };

/** More than any run writes; reading more would be the builder's memory, not the reader's good. */
export const mostBytes = 8 * 1024 ** 2;

export function accept(bytes: Uint8Array): Accepted {
  if (bytes.byteLength > mostBytes) return { refused: `it has ${bytes.byteLength} bytes, and a report at most ${mostBytes}` };
  try {
    // Other bytes would be read as something that is not there.
    if (!isUtf8(bytes)) return { refused: 'it is not JSON: it is not UTF-8' };
    const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    const check = validator();
    if (!check(value)) {
      const newer = typeof value === 'object' && value !== null && 'schemaVersion' in value && typeof value.schemaVersion === 'number' && value.schemaVersion > 1;
      if (newer) return { refused: `it is a report of schema version ${Number(value.schemaVersion)}, and this program reads version 1: build the pages with a newer one` };
      const [problem] = check.errors ?? [];
      return { refused: `it is no report: ${problem?.instancePath || 'it'} ${problem?.message ?? 'is wrong'}` };
    }
    const why = refusalOf(value);
    return why === undefined ? { report: value } : { refused: why };
  } catch (error) {
    return { refused: `it is not JSON: ${messageOf(error)}` };
  }
}

let compiled: ValidateFunction<Report> | undefined;
/** Stops at the first mistake, which is four times as fast as telling all: thousands of reports are read at once. */
function validator(): ValidateFunction<Report> {
  return (compiled ??= new Ajv({ strict: true, strictTypes: false, strictRequired: false, discriminator: true }).compile<Report>(tagged()));
}

/** The same schema, which says by which field forms are told apart: only the one in question is then looked at, in place of all. */
function tagged(): object {
  const { expected, step } = schema.definitions;
  return { ...schema, definitions: { ...schema.definitions, expected: { ...expected, type: 'object', discriminator: { propertyName: 'outcome' } }, step: { ...step, type: 'object', discriminator: { propertyName: 'verb' } } } };
}
