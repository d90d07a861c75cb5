import schema from '../../schema/report-v1.schema.json' with { type: 'json' };
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { compileSchema } from '../yaml/index.ts';

/** The report in these bytes. Throws NOT_PUBLISHABLE where they are no report, or one that must not count as a mesh's result. */
export function publishableReport(bytes: Uint8Array): Report {
  const value = parsed(bytes);
  const version = (value as { schemaVersion?: unknown } | null | undefined)?.schemaVersion;
  if (typeof version === 'number' && version > 1) throw new ConformanceError('NOT_PUBLISHABLE', `The result is not published: the file is a report of schema version ${version}, and this version reads 1. Use a newer smi-conformance.`);
  if (!isReport(value)) throw new ConformanceError('NOT_PUBLISHABLE', 'The result is not published: the file is no report that this version reads. Publish the report.json of a run.');
  const why = refusalOf(value);
  if (why !== undefined) throw new ConformanceError('NOT_PUBLISHABLE', `The result of run ${value.run.id} is not published: ${why}`);
  return value;
}

/** Why a report does not count as a result of its mesh; undefined where it does. */
export function refusalOf({ run, suite, kubernetes, complete, incompleteBecause, assertions }: Report): string | undefined {
  if (run.fault !== undefined) return `the wrong behaviour ${run.fault} was switched on. Only results of a mesh as it is are published.`;
  if (kubernetes.cluster === 'embedded') return 'it comes from the embedded cluster, whose mesh is nobody\'s product. Run the suite on a real cluster.';
  if (run.only.length > 0 || run.skip.length > 0) return 'a filter left out a part of the suite. Run it without only and skip.';
  if (suite.added !== undefined) return 'assertions were added to the suite, and what is published is of the suite alone. Run it without assertions.';
  if (!complete) return `the run is not complete (${incompleteBecause.join('; ')}). Run it again.`;
  if (assertions.length === 0) return 'it judges nothing. Run the suite on a mesh that offers a part of SMI.';
  return undefined;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    throw new ConformanceError('NOT_PUBLISHABLE', `The result is not published: the file is not JSON (${messageOf(error)}). Publish the report.json of a run.`, { cause: error });
  }
}

let compiled: ReturnType<typeof compileSchema<Report>> | undefined;
/** Compiled at first use: a run that publishes nothing pays nothing. */
function isReport(value: unknown): value is Report {
  return (compiled ??= compileSchema<Report>(schema))(value);
}
