import type * as core from '@actions/core';
import type { Secrets } from '../door/secrets.ts';
import type { GitHub } from './github.ts';

/** The part of `@actions/core` that the action uses; tests give their own. */
export type Toolkit = Pick<
  typeof core,
  'getInput' | 'setSecret' | 'setOutput' | 'setFailed' | 'error' | 'warning' | 'notice' | 'info' | 'debug' | 'startGroup' | 'endGroup'
>;

/** What the runner tells a step by its environment, read once at the door. */
export interface Runner {
  /** The checked-out repository: relative paths begin here and reports stay inside. */
  workspace: string;
  /** Where the journals of runs are kept: outlives a job that is killed. */
  stateDirectory: string;
  /** The file that becomes the job summary, where the runner offers one. */
  summaryFile: string | undefined;
  kubeconfig: string | undefined;
  home: string;
  /** The secrets among the inputs; they are not in the environment any more. */
  secrets: Secrets;
  github: GitHub;
  /** The environment without those secrets. */
  environment: NodeJS.ProcessEnv;
}
