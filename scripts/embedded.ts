import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conform } from '../src/conformance.ts';
import type { RawInputs } from '../src/door/inputs.ts';
import { toRequest } from '../src/door/request.ts';
import type { EventSink } from '../src/model/event.ts';
import type { Report } from '../src/model/report.ts';
import type { Verdict } from '../src/model/specification.ts';

export const assets = join(import.meta.dirname, '..');

/** Verdicts of a mesh that does all that applies. */
export const sound: ReadonlySet<Verdict> = new Set(['pass', 'skip', 'info'] as const);

/** Runs the suite, or a part of it, in this process on the embedded cluster, by inputs as the doors take them. `sinks` are told of every event. Rejects where the run gave no report. */
export async function runEmbedded(inputs: RawInputs = {}, sinks: EventSink[] = []): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'smi-conformance-'));
  try {
    const request = toRequest({ cluster: 'embedded', output_directory: 'results', ...inputs }, { label: (name) => name, directory: folder, home: folder, confined: true, kubeconfig: undefined });
    const { report, error } = await conform(request, { sinks, signal: new AbortController().signal, stateDirectory: join(folder, 'state'), assets });
    if (report === undefined) throw new Error(`the run gave no report: ${error?.message}`, { cause: error });
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
