import { readFile } from 'node:fs/promises';
import { timingProfile } from '../engine/patience.ts';
import type { TimingProfile } from '../model/report.ts';
import type { RunRequest } from '../model/request.ts';
import { ConformanceError } from '../model/errors.ts';

/** What a run needs beside the cluster: its time-outs, how much runs at once, and the probe's program. */
export interface Means {
  timing: TimingProfile;
  concurrency: number;
  probeSource: string;
}

/** Lanes cost pods, which cost seconds; more of them than this saves no time on a node of two cores. */
const usualConcurrency = 6;

/** Reads what the request leaves open. Rejects when the program was not built. */
export async function meansOf(request: RunRequest, assets: string): Promise<Means> {
  return {
    timing: timingProfile(request.timeouts ?? (request.cluster === 'embedded' ? 'embedded' : 'standard')),
    concurrency: request.concurrency ?? usualConcurrency,
    probeSource: await readProbe(`${assets}/dist/probe.mjs`),
  };
}

async function readProbe(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConformanceError('BAD_INPUT', `the probe's program is not at ${path}: build it with npm run build.`, { cause: error });
  }
}
