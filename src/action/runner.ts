import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Runner } from './toolkit.ts';

/** Reads the runner's environment. */
export function readRunner(environment: NodeJS.ProcessEnv): Runner {
  return {
    workspace: resolve(environment['GITHUB_WORKSPACE'] || '.'),
    stateDirectory: join(environment['RUNNER_TEMP'] || tmpdir(), 'smi-conformance'),
    summaryFile: environment['GITHUB_STEP_SUMMARY'] || undefined,
    kubeconfig: environment['KUBECONFIG'] || undefined,
    home: homedir(),
  };
}
