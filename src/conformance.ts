import type { ConformanceError } from './model/errors.ts';
import type { EventSink } from './model/event.ts';
import type { Report } from './model/report.ts';
import type { RunRequest } from './model/request.ts';

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
export async function conform(_request: RunRequest, _environment: Environment): Promise<Outcome> {
  await Promise.resolve();
  return { exitCode: 3, files: {} };
}
