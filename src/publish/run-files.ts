import { ConformanceError } from '../model/errors.ts';
import { bundlePathOf, runPathOf } from './place.ts';
import { publishableReport } from './publishable.ts';

/** What is written of one run. */
export interface RunFiles {
  /** Path of the report in the branch. */
  path: string;
  /** First line of the commit. */
  title: string;
  /** Seconds since 1970 at which the run ended. */
  at: number;
  /** By path. */
  contents: Map<string, string>;
}

/** Throws NOT_PUBLISHABLE where the report must not count, or a file is larger than the branch takes. */
export function filesOf({ report: bytes, bundle }: { report: Uint8Array; bundle?: Uint8Array }, limits: { reportBytes: number; bundleBytes: number }): RunFiles {
  checkSize('report', bytes, limits.reportBytes);
  const report = publishableReport(bytes);
  const path = runPathOf(report);
  const contents = new Map([[path, textOf(bytes)]]);
  if (bundle !== undefined) {
    checkSize('bundle', bundle, limits.bundleBytes);
    contents.set(bundlePathOf(path), bundleText(bundle));
  }
  const { mesh, kubernetes, run, result } = report;
  return { path, title: `Add ${mesh.id} ${oneLine(mesh.version)} on Kubernetes ${oneLine(kubernetes.version)}: ${result}`, at: Math.round((Date.parse(run.startedAt) + run.durationMs) / 1000), contents };
}

function checkSize(what: string, { byteLength }: Uint8Array, most: number): void {
  if (byteLength <= most) return;
  throw new ConformanceError('NOT_PUBLISHABLE', `The result is not published: its ${what} has ${byteLength} bytes, and the results branch takes ${most} of each. It stays where it is; keep it as an artifact.`);
}

function bundleText(bundle: Uint8Array): string {
  const text = textOf(bundle);
  if (!text.trimStart().startsWith('{')) throw new ConformanceError('NOT_PUBLISHABLE', 'The result is not published: its bundle is not JSON. Sign the report again.');
  return text;
}

/** Git is given text: the bytes of UTF-8 come out of it as they went in. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new ConformanceError('NOT_PUBLISHABLE', 'The result is not published: a file of it is not text in UTF-8. Publish the report.json of a run and the bundle that was made for it.', { cause: error });
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/[^\x20-\x7E]/g, '?').slice(0, 80);
}
