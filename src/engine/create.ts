import { ApiError, type KubeObject } from '../cluster/port.ts';
import { pollDelays } from '../cluster/poll.ts';
import { ConformanceError } from '../model/errors.ts';
import { pause, type RunContext } from './context.ts';

/** Creates an object, once one of that name that is being deleted is gone. Where something holds that one, nothing can be learnt here: rejects with STILL_THERE. */
export async function create(object: KubeObject, context: RunContext): Promise<void> {
  const deadline = context.now() + context.patience.profile.deleteMs / 2;
  for (const delay of pollDelays()) {
    try {
      await context.cluster.create(object);
      return;
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === 'AlreadyExists')) throw error;
      if (context.now() > deadline) throw new ConformanceError('STILL_THERE', `${object.kind} ${object.metadata.name} cannot be created: the one before it was deleted and is still there`, { cause: error });
      await pause(delay, context.signal);
    }
  }
}
