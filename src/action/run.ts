import type { CarriedOut } from '../door/carry-out.ts';
import type { Prepared } from '../door/delivery.ts';
import { assetsFolder } from '../door/paths.ts';
import { abortOnSignals, type SignalSource } from '../door/signals.ts';
import { ConformanceError } from '../model/errors.ts';
import type { RunRequest } from '../model/request.ts';
import { logGroups } from './groups.ts';
import { maskSecrets, readInputs } from './inputs.ts';
import { publish } from './publish.ts';
import type { Runner, Toolkit } from './toolkit.ts';

/** The main step of the action: inputs → run → annotations, summary and outputs. Returns the exit status. */
export async function runAction(toolkit: Toolkit, runner: Runner, signals: SignalSource): Promise<number> {
  maskSecrets(toolkit, runner.secrets);
  const ended = await carriedOut(toolkit, runner, signals);
  await publish(toolkit, runner, ended);
  return ended.outcome.exitCode;
}

async function carriedOut(toolkit: Toolkit, runner: Runner, signals: SignalSource): Promise<CarriedOut> {
  let request: RunRequest;
  let prepared: Prepared;
  try {
    request = readInputs(toolkit, runner);
    // Everything behind the inputs of the run is loaded only now: a mistake in a workflow is told at once.
    prepared = await (await import('./prepare.ts')).prepare(toolkit, runner);
  } catch (error) {
    if (!(error instanceof ConformanceError)) throw error;
    return { outcome: { exitCode: error.isBadInput ? 2 : 3, files: {}, error }, said: [] };
  }
  // A runner that cancels sends SIGINT, seven seconds later SIGTERM, and soon after that it kills: time to clean up is the most that can be made of it.
  const stopping = abortOnSignals(signals, () => toolkit.info('Already stopping: what was created is being removed.'));
  try {
    const [{ carryOut }, { progressLines }] = await Promise.all([import('../door/carry-out.ts'), import('../door/progress.ts')]);
    return await carryOut(request, prepared, { sinks: [logGroups(toolkit, progressLines(false))], signal: stopping.signal, stateDirectory: runner.stateDirectory, assets: assetsFolder() });
  } finally {
    stopping.stop();
  }
}
