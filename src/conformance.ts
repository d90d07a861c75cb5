import { ConformanceError, messageOf } from './model/errors.ts';
import type { EventSink } from './model/event.ts';
import type { Report } from './model/report.ts';
import type { RunRequest } from './model/request.ts';
import { exitStatus } from './judge/index.ts';
import { openOutput } from './run/output.ts';
import { createRecorder } from './run/recorder.ts';
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
}

export interface Outcome {
  /** 0 passed · 1 failed · 2 bad input · 3 could not be completed · 130, 143 interrupted. */
  exitCode: number;
  report?: Report;
  /** Paths of the files that were written, by what they are. */
  files: Record<string, string>;
  error?: ConformanceError;
}

/** The one use case: inputs → cluster → mesh → plan → run → judge → report. Never throws; whatever goes wrong is in the outcome. */
export async function conform(request: RunRequest, environment: Environment): Promise<Outcome> {
  try {
    const output = openOutput(request.outputDirectory);
    try {
      const recorder = createRecorder([...environment.sinks, output.record]);
      const ended = await runSuite(request, environment, recorder);
      const files = await output.write(ended.report);
      recorder.emit({ type: 'finished', report: ended.report });
      return { exitCode: statusOf(ended, request, environment.signal), report: ended.report, files, ...(ended.error === undefined ? {} : { error: ended.error }) };
    } finally {
      output.close();
    }
  } catch (error) {
    const known = error instanceof ConformanceError ? error : new ConformanceError('API', `the run could not go on: ${messageOf(error)}`, { cause: error });
    return { exitCode: interrupted(environment.signal) ?? (known.isBadInput ? 2 : 3), files: {}, error: known };
  }
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
