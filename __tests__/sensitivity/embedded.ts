import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conform } from '../../src/conformance.ts';
import type { Report } from '../../src/model/report.ts';
import { defaultProbeImage } from '../../src/model/request.ts';

export const assets = join(import.meta.dirname, '../..');

/** Runs the suite, or a part of it, in this process on the embedded cluster, with or without a fault. */
export async function runEmbedded({ fault, only = [] }: { fault?: string; only?: string[] } = {}): Promise<Report> {
  const directory = await mkdtemp(join(tmpdir(), 'smi-conformance-'));
  try {
    const outcome = await conform(
      {
        cluster: 'embedded',
        mesh: 'reference',
        meshDeployed: true,
        preload: [],
        keep: false,
        only,
        skip: [],
        failOn: ['must'],
        probeImage: defaultProbeImage,
        outputDirectory: join(directory, 'results'),
        ...(fault === undefined ? {} : { fault }),
      },
      { sinks: [], signal: new AbortController().signal, stateDirectory: join(directory, 'state'), assets },
    );
    if (outcome.report === undefined) throw new Error(`the run gave no report: ${outcome.error?.message}`, { cause: outcome.error });
    return outcome.report;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Verdicts by `id@version`. */
export function verdictsOf({ assertions }: Report): Record<string, string> {
  return Object.fromEntries(assertions.map(({ id, version, verdict }) => [`${id}@${version}`, verdict]));
}

/** Verdicts of the reference mesh as it is: anything else is a change that a fault made. */
export const sound: ReadonlySet<string> = new Set(['pass', 'skip', 'info']);
