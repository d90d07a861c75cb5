import { setTimeout as sleep } from 'node:timers/promises';
import { pollDelays } from '../../cluster/poll.ts';

/** Does something that is awaited from outside, such as a command, and looks meanwhile whether it has become hopeless: then it is ended, and the call rejects with what was found. */
export async function watched<T>(work: (signal: AbortSignal) => Promise<T>, look: () => Promise<Error | undefined>, signal: AbortSignal): Promise<T> {
  const hopeless = new AbortController();
  const over = new AbortController();
  let found: Error | undefined;

  const watching = (async () => {
    for (const delay of pollDelays()) {
      await sleep(delay, undefined, { signal: over.signal });
      found = await look();
      if (found !== undefined) return hopeless.abort(found.message);
    }
  })().catch((error: unknown) => {
    if (!over.signal.aborted) throw error;
  });
  // Heard of below, after the work: until then a rejection must not pass for one that nobody listens to.
  watching.catch(() => undefined);

  let result: T;
  try {
    result = await work(AbortSignal.any([signal, hopeless.signal]));
  } catch (error) {
    throw signal.aborted ? error : (found ?? error);
  } finally {
    over.abort();
  }
  await watching;
  return result;
}
