import { dirname } from 'node:path';
import { ConformanceError, messageOf } from './model/errors.ts';
import type { EventSink } from './model/event.ts';
import type { Report } from './model/report.ts';
import type { RunRequest } from './model/request.ts';
import type { Delivered, DeliveryPlan } from './deliver/index.ts';
import { exitStatus } from './judge/index.ts';
import { chooseMesh } from './run/connect.ts';
import { openOutput } from './run/output.ts';
import { createRecorder, type Recorder } from './run/recorder.ts';
import { runSuite, type Ended } from './run/run-suite.ts';

/** What a door gives the use case beside the request. */
export interface Environment {
  sinks: EventSink[];
  /** Aborted by SIGINT, SIGTERM or a cancel; the reason is the signal's name. */
  signal: AbortSignal;
  /** Where journals of runs are kept, across runs of the same machine. */
  stateDirectory: string;
  /** The folder that holds `assertions/`, `meshes/` and `dist/`. */
  assets: string;
  /** What becomes of the result; absent: it is written, and that is all. */
  delivery?: DeliveryPlan;
}

export interface Outcome {
  /** 0 passed · 1 failed · 2 bad input · 3 could not be completed · 130, 143 interrupted. */
  exitCode: number;
  report?: Report;
  /** Paths of the files that were written, by what they are. */
  files: Record<string, string>;
  error?: ConformanceError;
  /** What became of the result; absent where none was written, or nothing was to become of it. */
  delivered?: Delivered;
}

/** The one use case: inputs → cluster → mesh → plan → run → judge → report → delivery. Never throws; whatever goes wrong is in the outcome. */
export async function conform(request: RunRequest, environment: Environment): Promise<Outcome> {
  try {
    const output = openOutput(request.outputDirectory);
    try {
      const recorder = createRecorder([...environment.sinks, output.record]);
      const ended = await runSuite(request, environment, recorder);
      const { files, error: unwritten } = await output.write(ended.report);
      if (unwritten !== undefined && ended.error !== undefined) recorder.emit({ type: 'notice', level: 'warning', message: unwritten.message });
      recorder.emit({ type: 'finished', report: ended.report });
      const error = ended.error ?? unwritten;
      const exitCode = statusOf({ ...ended, ...(error && { error }) }, request, environment.signal);
      const outcome: Outcome = { exitCode, report: ended.report, files, ...(error && { error }) };
      // A result that is on no disk cannot be signed, and nothing else is made of it.
      if (environment.delivery === undefined || files['report'] === undefined) return outcome;
      return await delivering(outcome, environment.delivery, { report: ended.report, directory: dirname(files['report']) }, { request, environment, recorder });
    } finally {
      output.close();
    }
  } catch (error) {
    const known = error instanceof ConformanceError ? error : new ConformanceError('API', `the run could not go on: ${messageOf(error)}`, { cause: error });
    const outcome: Outcome = { exitCode: interrupted(environment.signal) ?? (known.isBadInput ? 2 : 3), files: {}, error: known };
    const delivered = environment.delivery === undefined || known.isBadInput ? undefined : await (await import('./deliver/index.ts')).keepEvidence(environment.delivery, request.outputDirectory);
    return delivered === undefined ? outcome : { ...outcome, delivered };
  }
}

/** What becomes of a result changes the status of a run only where the caller asked for that. */
async function delivering(outcome: Outcome, plan: DeliveryPlan, result: { report: Report; directory: string }, { request, environment, recorder }: { request: RunRequest; environment: Environment; recorder: Recorder }): Promise<Outcome> {
  const { deliver } = await import('./deliver/index.ts');
  const delivered = await deliver({
    plan, ...result, written: Object.values(outcome.files), exitCode: outcome.exitCode, signal: environment.signal, log: recorder.note,
    definition: async () => (await chooseMesh(request, environment.assets)).definition,
  });
  const more = { ...outcome, files: { ...outcome.files, ...delivered.files }, delivered };
  if (outcome.exitCode > 1) return more;
  if (delivered.error !== undefined) return { ...more, exitCode: 3, error: delivered.error };
  return delivered.regressed ? { ...more, exitCode: 1 } : more;
}

function statusOf({ report, error, missing }: Ended, request: RunRequest, signal: AbortSignal): number {
  const stopped = interrupted(signal);
  if (stopped !== undefined) return stopped;
  if (error !== undefined) return error.isBadInput ? 2 : 3;
  return exitStatus({ results: report.assertions, failOn: request.failOn, missing });
}

function interrupted(signal: AbortSignal): 130 | 143 | undefined {
  if (!signal.aborted) return undefined;
  return signal.reason === 'SIGINT' ? 130 : 143;
}
