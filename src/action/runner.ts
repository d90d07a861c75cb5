import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { stateDirectory } from '../door/paths.ts';
import { takeInputSecrets } from '../door/secrets.ts';
import { readGitHub } from './github.ts';
import type { Runner } from './toolkit.ts';

/** Reads the runner's environment, and takes the secrets out of it. */
export function readRunner(environment: NodeJS.ProcessEnv): Runner {
  const home = homedir();
  return {
    workspace: resolve(environment['GITHUB_WORKSPACE'] || '.'),
    stateDirectory: besideTemp(environment['RUNNER_TEMP']) ?? stateDirectory(environment, home),
    summaryFile: environment['GITHUB_STEP_SUMMARY'] || undefined,
    kubeconfig: environment['KUBECONFIG'] || undefined,
    home,
    secrets: takeInputSecrets(environment),
    github: readGitHub(environment),
    environment,
  };
}

/**
 * The runner empties its temporary folder before and after each job, and with it would go what a killed job wrote down. Its
 * parent, the folder of the runner's work, stays on a machine that serves many jobs, and is seen from job containers as well.
 */
function besideTemp(temporary: string | undefined): string | undefined {
  if (!temporary) return undefined;
  return basename(temporary) === '_temp' ? join(dirname(temporary), '_smi-conformance') : join(temporary, 'smi-conformance');
}
