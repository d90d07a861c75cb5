import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { allowedOf } from './environment.ts';
import { cancelled } from './run-program.ts';
import { type Place, type Task, TaskError, type TaskFailure } from './task.ts';

export { TaskError, type TaskFailure } from './task.ts';

const mark = 'smi-conformance/tool-cache';

/**
 * Runs one task on a thread of its own, which is made of this module: the package reads where its folders are from the process's
 * environment and writes to its standard output, and cannot be told to stop. A thread has an environment and an output of its own, and
 * can be ended. To be loaded by `import()` only: in the built program, too, it must be a file by itself. Resolves with the path of the
 * file, or of the folder that it is stored in. Rejects with `TaskError`, or CANCELLED.
 */
export async function toolCache(task: Task, { cacheDirectory, temporary, environment, signal, timeoutMs }: Place): Promise<string> {
  if (signal.aborted) throw cancelled(signal);
  const env = { ...allowedOf(environment), RUNNER_TOOL_CACHE: cacheDirectory, RUNNER_TEMP: temporary };
  const worker = new Worker(new URL(import.meta.url), { env, workerData: { mark, task }, execArgv: [], stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.resume();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const stop = (): void => void worker.terminate();
  limit.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      worker.once('message', (answer: { path: string } | { failure: TaskFailure }) => ('path' in answer ? resolve(answer.path) : reject(new TaskError(answer.failure))));
      worker.once('error', reject);
      worker.once('exit', () => reject(signal.aborted ? cancelled(signal) : new TaskError({ message: `it took longer than ${timeoutMs / 1000} s` })));
    });
  } finally {
    limit.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

async function perform(task: Task): Promise<string> {
  const cache = await import('@actions/tool-cache');
  switch (task.do) {
    case 'download':
      // The package's name for it is of its tests. Its own figures, 10 to 20 s, are longer than a user wants to look at a log that stands still.
      Object.assign(globalThis, { TEST_DOWNLOAD_TOOL_RETRY_MIN_SECONDS: 1, TEST_DOWNLOAD_TOOL_RETRY_MAX_SECONDS: 3 });
      return cache.downloadTool(task.url, task.file);
    case 'store':
      // Another run may have been quicker: what it found complete, it may be running by now.
      return cache.find(task.name, task.version, task.platform) || cache.cacheFile(task.file, task.target, task.name, task.version, task.platform);
  }
}

function failureOf(error: unknown): TaskFailure {
  const { message, httpStatusCode, code, errors } = error as { message?: string; httpStatusCode?: number; code?: string; errors?: Error[] };
  return { message: message || errors?.[0]?.message || String(error), ...(httpStatusCode !== undefined && { status: httpStatusCode }), ...(code !== undefined && { code }) };
}

if (!isMainThread && (workerData as { mark?: string } | null)?.mark === mark) {
  const { task } = workerData as { task: Task };
  try {
    parentPort?.postMessage({ path: await perform(task) });
  } catch (error) {
    parentPort?.postMessage({ failure: failureOf(error) });
  }
}
