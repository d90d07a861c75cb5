import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Look, StepObservation } from '../../src/model/observation.ts';
import type { Report } from '../../src/model/report.ts';
import { measure } from './process.ts';

export interface RunFigures {
  mesh: string;
  wallMs: number;
  residentMiB: number;
  reportBytes: number;
  phases: Report['phases'];
  lanes: number;
  /** What was judged, skipped assertions left out. */
  judged: number;
  /** By `id at version`. */
  verdicts: Map<string, string>;
  /** Summed over all assertions. */
  convergenceMs: number;
  trafficMs: number;
}

export const embeddedRun = (root: string, ...more: string[]): Promise<RunFigures> => figures(root, ['--cluster', 'embedded', '--mesh', 'reference', ...more]);

export const realRun = (root: string, mesh: string, ...more: string[]): Promise<RunFigures> => figures(root, ['--cluster', 'existing', '--mesh', mesh, '--mesh-deployed', 'true', ...more]);

/** The arguments that choose the assertions with which the project began: those that cover what is tested elsewhere, with their gates. */
export async function firstSuite(root: string): Promise<string[]> {
  const ids = JSON.parse(await readFile(join(root, 'scripts/bench/first-suite.json'), 'utf8')) as string[];
  return ['--only', ids.join(',')];
}

/** The arguments that choose every other assertion of a run. */
export function everyOther({ verdicts }: RunFigures): string[] {
  const ids = [...new Set([...verdicts.keys()].map((key) => key.slice(0, key.indexOf(' '))))].toSorted((a, b) => a.localeCompare(b));
  return ['--only', ids.filter((_, index) => index % 2 === 0).join(',')];
}

async function figures(root: string, args: string[]): Promise<RunFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'smi-bench-'));
  try {
    const taken = await measure([join(root, 'dist/cli.js'), 'run', ...args, '--output', directory], { ...process.env, XDG_STATE_HOME: directory });
    if (taken.status !== 0 && taken.status !== 1) throw new Error(`the run ended with ${taken.status}: ${taken.stderr}`);
    const file = join(directory, 'report.json');
    const report = JSON.parse(await readFile(file, 'utf8')) as Report;
    const steps = report.assertions.flatMap((assertion) => assertion.steps);
    return {
      mesh: `${report.mesh.name} ${report.mesh.version}`,
      wallMs: taken.wallMs,
      residentMiB: taken.residentMiB,
      reportBytes: (await stat(file)).size,
      phases: report.phases,
      lanes: new Set(report.assertions.flatMap(({ lane }) => (lane === undefined ? [] : [lane]))).size,
      judged: report.assertions.filter(({ verdict }) => verdict !== 'skip').length,
      verdicts: new Map(report.assertions.map(({ id, version, verdict }) => [`${id} at ${version}`, verdict])),
      convergenceMs: sum(steps.map((step) => ('convergenceMs' in step ? (step.convergenceMs ?? 0) : 0))),
      trafficMs: sum(steps.map((step) => measuredOf(step)?.durationMs ?? 0)),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function measuredOf(step: StepObservation): Look | undefined {
  return 'measured' in step ? step.measured : undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
