import { inputNames, type RawInputs } from '../door/inputs.ts';
import { toRequest } from '../door/request.ts';
import type { RunRequest } from '../model/request.ts';
import type { Runner, Toolkit } from './toolkit.ts';

/** Reads the action's inputs. The token is masked before anything else can print it. Throws a `ConformanceError` for a bad input. */
export function readInputs(toolkit: Toolkit, runner: Runner): RunRequest {
  const token = toolkit.getInput('provider_token');
  if (token !== '') {
    toolkit.setSecret(token);
    toolkit.notice('provider_token is set: uploading results comes in a later release, so this run does not use it.');
  }
  const raw: RawInputs = Object.fromEntries(inputNames.map((name) => [name, name === 'provider_token' ? '' : toolkit.getInput(name)]));
  return toRequest(raw, { label: (name) => name, directory: runner.workspace, home: runner.home, confined: true, kubeconfig: runner.kubeconfig });
}
