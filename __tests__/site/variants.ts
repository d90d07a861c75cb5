import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AssertionResult, Report } from '../../src/model/report.ts';
import type { Verdict } from '../../src/model/specification.ts';
import { bundlePathOf, runPathOf } from '../../src/publish/index.ts';
import { recompute } from '../../src/report/index.ts';

/** What makes a report another one. */
export interface Variant {
  mesh?: { id: string; name: string };
  version?: string;
  kubernetes?: string;
  suite?: string;
  smiRelease?: string;
  id?: string;
  startedAt?: string;
  /** Verdicts of some assertions. */
  verdicts?: Record<string, Verdict>;
}

/** The same report of another mesh, version or day, with other verdicts, whose figures are right again. */
export function variantOf(report: Report, { mesh, version, kubernetes, suite, smiRelease, id, startedAt, verdicts = {} }: Variant): Report {
  const varied: Report = {
    ...report,
    run: { ...report.run, id: id ?? report.run.id, startedAt: startedAt ?? report.run.startedAt },
    mesh: { ...report.mesh, ...mesh, version: version ?? report.mesh.version },
    kubernetes: { version: kubernetes ?? report.kubernetes.version, cluster: 'kubernetes' },
    suite: { ...report.suite, version: suite ?? report.suite.version, ...(smiRelease !== undefined && { smiRelease }) },
    assertions: report.assertions.map((result) => withVerdict(result, verdicts[result.id] ?? result.verdict)),
  };
  return corrected(varied);
}

/** The same result with another verdict, and the words that go with it. */
export function withVerdict(result: AssertionResult, verdict: Verdict): AssertionResult {
  if (verdict === result.verdict) return result;
  const { reason: _, failedStep: __, ...rest } = result;
  return { ...rest, verdict, ...(verdict === 'pass' ? {} : { reason: `20 of 20 attempts were answered otherwise than they should have been (${verdict})` }) };
}

/** Sets each figure to what the assertions give. */
function corrected(report: Report): Report {
  const copy = structuredClone(report);
  for (const { where, derived } of recompute(copy)) {
    if (where.includes(' ')) continue;
    const steps = where.split('.');
    const last = steps.pop() ?? '';
    const parent = steps.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], copy) as Record<string, unknown>;
    parent[last] = derived;
  }
  return copy;
}

/** Writes reports as the results branch holds them; returns their paths. */
export async function writeRuns(folder: string, reports: readonly Report[], bundle?: (bytes: Buffer) => string): Promise<string[]> {
  const paths = [];
  for (const report of reports) {
    const path = runPathOf(report);
    const bytes = Buffer.from(`${JSON.stringify(report, null, 2)}\n`);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
    if (bundle !== undefined) await writeFile(join(folder, bundlePathOf(path)), bundle(bytes));
    paths.push(path);
  }
  return paths;
}
