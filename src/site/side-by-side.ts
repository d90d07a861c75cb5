import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { RunEntry } from '../publish/index.ts';
import { cancelled } from '../tools/index.ts';
import type { KnownFile } from './manifest.ts';
import type { Output } from './output.ts';
import { type Contents, readAhead } from './read-ahead.ts';
import type { createRequirements } from './requirements.ts';
import type { PlannedResult, SharedFacts, Sharing } from './run-facts.ts';
import { type WorkerAnswer, type WorkerEnd, type WorkerRun, type WorkerTask, workerUrl } from './worker.ts';

/** A run that a thread has judged. */
export interface Prepared {
  file: KnownFile;
  /** The path of the run that its page says was before it; the page is made anew where that is another. */
  before: string | undefined;
  /** Which files about it are written; none where it lies elsewhere than it says. */
  files: string[];
}

export interface Preparing {
  threads: number;
  task: WorkerTask;
  stampOf(entry: RunEntry): string;
  output: Output;
  sharing: Sharing;
  requirements: ReturnType<typeof createRequirements>;
  signal: AbortSignal;
  log(line: string): void;
}

/** So many runs are on their way to a thread or back: it never waits, and no more of them are in memory. */
const onTheWay = 2;
const progressStep = 1000;
/** Megabytes: reports come and go, and what they leave behind must not grow until all memory is taken. */
const resourceLimits = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 96 };

/** Judges runs and makes their pages on several threads, each of which takes the next part of all. What a thread could not do is not in the answer. Rejects with CANCELLED, and WRITE_FAILED. */
export async function prepareRuns(entries: readonly RunEntry[], preparing: Preparing): Promise<Map<string, Prepared>> {
  const prepared = new Map<string, Prepared>();
  const size = Math.ceil(entries.length / preparing.threads);
  const parts = Array.from({ length: preparing.threads }, (_, part) => entries.slice(part * size, (part + 1) * size));
  await Promise.all(parts.map((part) => preparePart(part, preparing, prepared)));
  return prepared;
}

/** What need not be copied to get to the thread: of small files, several may lie in one buffer. */
function buffersOf({ report, bundle }: Contents): ArrayBuffer[] {
  return [report, bundle].flatMap((bytes) => (bytes !== undefined && bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : []));
}

async function preparePart(entries: readonly RunEntry[], { task, stampOf, output, sharing, requirements, signal, log }: Preparing, prepared: Map<string, Prepared>): Promise<void> {
  const worker = new Worker(new URL(workerUrl), { workerData: task, resourceLimits, execArgv: [] });
  const reads = readAhead(entries, () => true);
  const shareds: SharedFacts[] = [];
  const plans: PlannedResult[][] = [];
  let next = 0;

  /** A file that cannot be read is left to who tells why. */
  async function send(): Promise<void> {
    for (;;) {
      const index = next++;
      const entry = entries[index];
      if (entry === undefined) return index === entries.length ? worker.postMessage('end') : undefined;
      const contents = await reads(index);
      if (contents !== undefined && 'report' in contents) return worker.postMessage({ path: entry.path, stamp: stampOf(entry), contents } satisfies WorkerRun, buffersOf(contents));
    }
  }

  async function take(answer: WorkerAnswer): Promise<void> {
    const { path, stamp, digest } = answer;
    if ('refused' in answer) return void prepared.set(path, { file: { stamp, digest, outcome: answer }, before: undefined, files: [] });
    const { own, place, shared, before, files } = answer;
    if (shared !== undefined) {
      const { planPlace, plan, ...rest } = shared;
      if (plan !== undefined) plans[planPlace] = plan;
      shareds[place] = { ...rest, plan: plans[planPlace] ?? [] };
    }
    const facts = shareds[place];
    if (facts === undefined) throw new Error(`the facts of ${path} were never sent`);
    for (const file of files) await output.write(file.path, file.contents, file.key);
    prepared.set(path, { file: { stamp, digest, outcome: { facts: sharing.join(own, facts) } }, before, files: files.map((file) => file.path) });
    if (prepared.size % progressStep === 0) log(`${prepared.size} runs were read`);
  }

  try {
    const answers = on(worker, 'message', { signal, close: ['exit'] });
    for (let count = 0; count < onTheWay; count++) await send();
    for await (const [answer] of answers as AsyncIterable<[WorkerAnswer | WorkerEnd]>) {
      if ('requirements' in answer) return requirements.merge(answer.requirements);
      await send();
      await take(answer);
    }
    throw new Error('it ended early');
  } catch (error) {
    if (signal.aborted) throw cancelled(signal);
    if (error instanceof ConformanceError) throw error;
    log(`a thread that reads runs ended (${messageOf(error)}): what it did not do is done without it`);
  } finally {
    await worker.terminate();
  }
}
