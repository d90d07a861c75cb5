import type { Outcome } from '../conformance.ts';
import { assetsFolder } from '../door/paths.ts';
import { abortOnSignals, type SignalSource } from '../door/signals.ts';
import { ConformanceError } from '../model/errors.ts';
import type { RunRequest } from '../model/request.ts';
import { logGroups } from './groups.ts';
import { readInputs } from './inputs.ts';
import { publish } from './publish.ts';
import type { Runner, Toolkit } from './toolkit.ts';

/** The main step of the action: inputs → run → annotations, summary and outputs. Returns the exit status. */
export async function runAction(toolkit: Toolkit, runner: Runner, signals: SignalSource): Promise<number> {
  const outcome = await outcomeOf(toolkit, runner, signals);
  await publish(toolkit, runner, outcome);
  return outcome.exitCode;
}

async function outcomeOf(toolkit: Toolkit, runner: Runner, signals: SignalSource): Promise<Outcome> {
  let request: RunRequest;
  try {
    request = readInputs(toolkit, runner);
  } catch (error) {
    if (!(error instanceof ConformanceError)) throw error;
    return { exitCode: 2, files: {}, error };
  }
  // A runner that cancels sends SIGINT, seven seconds later SIGTERM, and soon after that it kills: time to clean up is the most that can be made of it.
  const stopping = abortOnSignals(signals, () => toolkit.info('Already stopping: what was created is being removed.'));
  try {
    // Everything behind the inputs is loaded only now: a mistake in a workflow is told at once.
    const [{ conform }, { progressLines }] = await Promise.all([import('../conformance.ts'), import('../door/progress.ts')]);
    return await conform(request, { sinks: [logGroups(toolkit, progressLines(false))], signal: stopping.signal, stateDirectory: runner.stateDirectory, assets: assetsFolder() });
  } finally {
    stopping.stop();
  }
}
