import { factOf, type InputName, inputNames, type RawInputs } from '../door/inputs.ts';
import { toRequest } from '../door/request.ts';
import type { Secrets } from '../door/secrets.ts';
import type { RunRequest } from '../model/request.ts';
import type { Runner, Toolkit } from './toolkit.ts';

/** Reads the action's inputs of a run. Throws a `ConformanceError` for a bad one. */
export function readInputs(toolkit: Toolkit, { workspace, home, kubeconfig }: Runner): RunRequest {
  return toRequest(readRaw(toolkit), { label: labelOf, directory: workspace, home, confined: true, kubeconfig });
}

/** The inputs as they were written, without the secrets among them. */
export function readRaw(toolkit: Toolkit): RawInputs {
  return Object.fromEntries(inputNames.filter((name) => !factOf(name).secret).map((name) => [name, toolkit.getInput(name)]));
}

export function labelOf(name: InputName | 'fault'): string {
  return name;
}

/** Has the secrets hidden in logs, whole and line by line, as logs show them. */
export function maskSecrets(toolkit: Toolkit, secrets: Secrets): void {
  for (const secret of Object.values(secrets)) {
    const text = secret.reveal();
    toolkit.setSecret(text);
    const lines = text.split(/\r?\n/).map((line) => line.trim());
    // Short lines, and those that every key has, would hide what is no secret.
    if (lines.length > 1) for (const line of lines) if (line.length >= shortest && !line.startsWith('-----')) toolkit.setSecret(line);
  }
}
const shortest = 12;
