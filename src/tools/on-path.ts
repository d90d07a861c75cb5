import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import semver from 'semver';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { ToolName } from './pins.ts';
import { runProgram } from './run-program.ts';

/** How each tool is asked for its version; all of them answer without a cluster. */
const asking: Record<ToolName, string[]> = {
  kind: ['version'],
  minikube: ['version', '--short'],
  kubectl: ['version', '--client', '--output=json'],
  helm: ['version', '--short'],
};

const askingMs = 20_000;

/** The program that a shell would run by that name; undefined where there is none. */
export async function findOnPath(name: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) if (await isProgram(join(folder, name))) return join(folder, name);
  return undefined;
}

/** The version that a program says it has, without `v`; undefined where it does not say one. Rejects with CANCELLED only. */
export async function versionOf(name: ToolName, path: string, context: { environment: NodeJS.ProcessEnv; signal: AbortSignal; log(line: string): void }): Promise<string | undefined> {
  const { environment, signal, log } = context;
  try {
    const { stdout } = await runProgram(path, asking[name], { environment, signal, timeoutMs: askingMs, log: () => undefined });
    const said = /v(\d+\.\d+(?:\.\d+)?[\w.+-]*)/.exec(stdout)?.[1];
    return semver.valid(said) ?? semver.coerce(said, { includePrerelease: true })?.version;
  } catch (error) {
    if (error instanceof ConformanceError && error.code === 'CANCELLED') throw error;
    log(`${path} does not say its version: ${messageOf(error)}`);
    return undefined;
  }
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Not there, or not for this user: the shell would look on, too.
    return false;
  }
}
