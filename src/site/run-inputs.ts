import { createHash } from 'node:crypto';
import type { Report } from '../model/report.ts';
import type { RunEntry } from '../publish/index.ts';
import { cancelled } from '../tools/index.ts';
import { accept } from './accept.ts';
import type { KnownFile } from './manifest.ts';
import { digestOf, type Output } from './output.ts';
import type { RunContext } from './pages/run.ts';
import { provenanceOf, type Verifier } from './provenance.ts';
import { type Contents, readAhead } from './read-ahead.ts';
import type { createRequirements } from './requirements.ts';
import { factsOf, type RunFacts, type Sharing } from './run-facts.ts';
import { isNewer, minorOf } from './timeline.ts';
import { writeRun } from './write-run.ts';

export interface RunInputs {
  entries: readonly RunEntry[];
  /** What the last build knew of each file. */
  before: ReadonlyMap<string, KnownFile>;
  output: Output;
  requirements: ReturnType<typeof createRequirements>;
  sharing: Sharing;
  context: RunContext;
  /** Tells apart what the pages of runs look like, beside the runs themselves. */
  look: string;
  verify?: Verifier;
  signal: AbortSignal;
  log(line: string): void;
}

export interface TakenRuns {
  files: Map<string, KnownFile>;
  /** Where each run that is shown comes from. */
  shown: Map<RunFacts, RunEntry>;
  refused: { path: string; why: string }[];
}

/** Goes once through all runs: reads those that are new, makes their pages, and keeps of each what the other pages need. */
export async function takeRuns(inputs: RunInputs): Promise<TakenRuns> {
  const { entries, before, signal, log } = inputs;
  const taken: TakenRuns = { files: new Map(), shown: new Map(), refused: [] };
  const paths = new Set<string>();
  const latest = new Map<string, RunFacts>();
  const predecessors = new Map<RunFacts, RunFacts | undefined>();
  const inOrder = entries.toSorted((a, b) => compareText(orderOf(a), orderOf(b)));
  const reads = readAhead(inOrder, (entry) => before.get(entry.path)?.stamp !== stampOf(entry));

  for (const [index, entry] of inOrder.entries()) {
    if (signal.aborted) throw cancelled(signal);
    const contents = await reads(index);
    const { file, report } = await fileOf(entry, contents, inputs);
    const outcome = 'facts' in file.outcome && paths.has(file.outcome.facts.path) ? { refused: 'another file holds the same run' } : file.outcome;
    taken.files.set(entry.path, file);
    if ('refused' in outcome) {
      taken.refused.push({ path: entry.path, why: outcome.refused });
      log(`${entry.path} is not shown: ${outcome.refused}`);
      continue;
    }
    const { facts } = outcome;
    const line = lineOf(facts);
    paths.add(facts.path);
    taken.shown.set(facts, entry);
    predecessors.set(facts, latest.get(line));
    await writeRun({ facts, entry, digest: file.digest, contents, report, before: latest.get(line) }, inputs);
    latest.set(line, facts);
    if (index % progressStep === progressStep - 1) log(`${index + 1} of ${inOrder.length} runs`);
  }
  await mendOrder(taken, predecessors, inputs);
  return taken;
}
const progressStep = 1000;

/** Files of a results branch have the date in their names. Where they do not, a run may have been made before the one that precedes it: its page is made again. */
async function mendOrder({ shown, files }: TakenRuns, used: ReadonlyMap<RunFacts, RunFacts | undefined>, inputs: RunInputs): Promise<void> {
  const lines = Map.groupBy(shown.keys(), lineOf);
  for (const runs of lines.values()) {
    const sorted = runs.toSorted((a, b) => (isNewer(a, b) ? 1 : -1));
    for (const [index, facts] of sorted.entries()) {
      const entry = shown.get(facts);
      if (entry !== undefined && used.get(facts) !== sorted[index - 1]) await writeRun({ facts, entry, digest: files.get(entry.path)?.digest ?? '', before: sorted[index - 1] }, inputs);
    }
  }
}

/** Runs of which one follows the other: the same mesh on the same minor version of Kubernetes. */
function lineOf({ mesh, kubernetes }: RunFacts): string {
  return `${mesh.id} ${minorOf(kubernetes)}`;
}

async function fileOf(entry: RunEntry, contents: Contents | { failed: string } | undefined, { before, requirements, sharing, verify }: RunInputs): Promise<{ file: KnownFile; report?: Report }> {
  const known = before.get(entry.path);
  const stamp = stampOf(entry);
  if (contents === undefined && known !== undefined) return { file: known };
  if (contents === undefined || 'failed' in contents) return { file: { stamp, digest: '', outcome: { refused: contents?.failed ?? 'it was not read' } } };
  const digest = createHash('sha256').update(contents.report).digest('hex');
  const both = contents.bundle === undefined ? digest : `${digest} ${digestOf(contents.bundle)}`;
  if (known?.digest === both) return { file: { ...known, stamp } };
  const accepted = accept(contents.report);
  if ('refused' in accepted) return { file: { stamp, digest: both, outcome: accepted } };
  requirements.take(accepted.report);
  const provenance = await provenanceOf(contents.report, contents.bundle, verify);
  return { report: accepted.report, file: { stamp, digest: both, outcome: { facts: factsOf(accepted.report, digest, provenance, sharing) } } };
}

function stampOf({ stamp, bundle }: RunEntry): string {
  return bundle === undefined ? stamp : `${stamp} ${bundle.stamp}`;
}

/** By mesh, then by date, as far as the path says so. */
function orderOf({ path }: RunEntry): string {
  const parts = path.split('/');
  return `${parts.at(-4) ?? ''} ${parts.at(-1) ?? ''} ${path}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
