import type { RunEntry } from '../publish/index.ts';
import { cancelled } from '../tools/index.ts';
import { type JudgedRun, judgeRun } from './judge-run.ts';
import type { KnownFile } from './manifest.ts';
import type { Output } from './output.ts';
import type { RunContext } from './pages/run.ts';
import type { Verifier } from './provenance.ts';
import { type Contents, readAhead } from './read-ahead.ts';
import type { createRequirements } from './requirements.ts';
import type { RunFacts, Sharing } from './run-facts.ts';
import { type Prepared, prepareRuns } from './side-by-side.ts';
import { isNewer, lineOf } from './timeline.ts';
import type { WorkerTask } from './worker.ts';
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
  /** How many threads judge runs; and what they are told, where they can do it. */
  threads: number;
  task?: WorkerTask;
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
  const { entries, before, output, context, look, signal, log } = inputs;
  const taken: TakenRuns = { files: new Map(), shown: new Map(), refused: [] };
  const paths = new Set<string>();
  const latest = new Map<string, RunFacts>();
  const predecessors = new Map<RunFacts, RunFacts | undefined>();
  const inOrder = entries.toSorted((a, b) => compareText(orderOf(a), orderOf(b)));
  const prepared = await preparedRuns(inOrder, inputs);
  const reads = readAhead(inOrder, (entry) => !prepared.has(entry.path) && before.get(entry.path)?.stamp !== stampOf(entry));

  for (const [index, entry] of inOrder.entries()) {
    if (signal.aborted) throw cancelled(signal);
    const contents = await reads(index);
    const ready = prepared.get(entry.path);
    const { file, report }: JudgedRun = ready ?? (await fileOf(entry, contents, inputs));
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
    const previous = latest.get(line);
    predecessors.set(facts, previous);
    const isWritten = ready !== undefined && ready.files.length > 0 && ready.before === (previous && taken.shown.get(previous)?.path);
    // It lies elsewhere than it says: what was made of another file in its place is not shown.
    if (facts.path !== entry.path) prepared.get(facts.path)?.files.forEach(output.drop);
    if (!isWritten) await writeRun({ facts, entry, bundled: entry.bundle !== undefined, digest: file.digest, contents, report, before: previous, context, look }, output);
    latest.set(line, facts);
    if (ready === undefined && index % progressStep === progressStep - 1) log(`${index + 1} of ${inOrder.length} runs`);
  }
  await mendOrder(taken, predecessors, inputs);
  return taken;
}
const progressStep = 1000;

/** Files of a results branch have the date in their names. Where they do not, a run may have been made before the one that precedes it: its page is made again. */
async function mendOrder({ shown, files }: TakenRuns, used: ReadonlyMap<RunFacts, RunFacts | undefined>, { output, context, look }: RunInputs): Promise<void> {
  const lines = Map.groupBy(shown.keys(), lineOf);
  for (const runs of lines.values()) {
    const sorted = runs.toSorted((a, b) => (isNewer(a, b) ? 1 : -1));
    for (const [index, facts] of sorted.entries()) {
      const entry = shown.get(facts);
      if (entry !== undefined && used.get(facts) !== sorted[index - 1]) await writeRun({ facts, entry, bundled: entry.bundle !== undefined, digest: files.get(entry.path)?.digest ?? '', before: sorted[index - 1], context, look }, output);
    }
  }
}

async function fileOf(entry: RunEntry, contents: Contents | { failed: string } | undefined, { before, requirements, sharing, verify }: RunInputs): Promise<JudgedRun> {
  const known = before.get(entry.path);
  const stamp = stampOf(entry);
  if (contents === undefined && known !== undefined) return { file: known };
  if (contents === undefined || 'failed' in contents) return { file: { stamp, digest: '', outcome: { refused: contents?.failed ?? 'it was not read' } } };
  const judged = await judgeRun(contents, { stamp, known, sharing, verify });
  if (judged.report !== undefined) requirements.take(judged.report);
  return judged;
}

/** Runs that no earlier build has seen, judged by several threads where there are many. */
async function preparedRuns(inOrder: readonly RunEntry[], inputs: RunInputs): Promise<ReadonlyMap<string, Prepared>> {
  const { before, threads, task } = inputs;
  const unseen = inOrder.filter(({ path }) => !before.has(path));
  return task === undefined || threads < 2 || unseen.length < threads * leastForThread ? new Map() : prepareRuns(unseen, { ...inputs, task, stampOf });
}
/** With fewer, a thread takes longer to start than it saves. */
const leastForThread = 20;

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
