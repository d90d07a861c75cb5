/** One call of `@actions/tool-cache`. `platform` tells builds apart, of which the cache of one machine may hold several. */
export type Task =
  | { do: 'download'; url: string; file: string }
  | { do: 'store'; file: string; name: string; version: string; platform: string; target: string };

export interface Place {
  /** The runner's tool cache, or a folder that serves as one. */
  cacheDirectory: string;
  temporary: string;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  timeoutMs: number;
}

/** What went wrong, as far as it can cross from one thread to another. */
export interface TaskFailure {
  message: string;
  /** HTTP status, where the server answered. */
  status?: number;
  code?: string;
}

export class TaskError extends Error {
  readonly failure: TaskFailure;
  constructor(failure: TaskFailure) {
    super(failure.message);
    this.failure = failure;
  }
}
