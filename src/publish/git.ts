import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConformanceError } from '../model/errors.ts';
import { CommandError, type ProgramOutput, runProgram } from '../tools/index.ts';
import type { Remote } from './remote.ts';

export interface GitOptions {
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/** A bare repository of our own for as long as it is needed: no checkout of the user's is read or changed. */
export interface Git extends AsyncDisposable {
  /** Runs git in the repository. Rejects with `CommandError`, and with CANCELLED. */
  run(args: readonly string[], stdin?: string): Promise<ProgramOutput>;
}

/** More than any of the commands takes on a slow line; a server that says nothing is given up. */
const commandMs = 120_000;

/** Makes the repository, with `remote` as its origin. Rejects with TOOL_UNAVAILABLE where there is no git. */
export async function openGit(remote: Remote, options: GitOptions): Promise<Git> {
  const directory = await mkdtemp(join(tmpdir(), 'smi-publish-'));
  const dispose = (): Promise<void> => rm(directory, { recursive: true, force: true, maxRetries: 3 });
  const run = (args: readonly string[], stdin?: string): Promise<ProgramOutput> => runGit(args, { ...options, directory, remote, ...(stdin !== undefined && { stdin }) });
  try {
    await run(['init', '--quiet', '--bare', '--template=', '.']);
    await run(['remote', 'add', 'origin', remote.url]);
    return { run, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

interface Call extends GitOptions {
  directory: string;
  remote?: Remote;
  stdin?: string;
}

/** Runs git once. Neither prompts, hooks nor the repository around this process have a part in it. */
export async function runGit(args: readonly string[], { directory, remote, stdin, environment, signal }: Call): Promise<ProgramOutput> {
  try {
    return await runProgram('git', args, {
      cwd: directory,
      environment,
      env: { ...chosen(environment), ...settingsOf(directory, remote) },
      signal,
      timeoutMs: commandMs,
      // What git says of its progress tells nobody anything; what it says of a failure is in the error.
      log: () => undefined,
      ...(stdin !== undefined && { stdin }),
    });
  } catch (error) {
    if (error instanceof CommandError && error.trouble === 'missing') {
      throw new ConformanceError('TOOL_UNAVAILABLE', 'The results branch needs the program git, which is not on PATH. Install git, or leave publish_branch out.', { cause: error });
    }
    throw error;
  }
}

/** How a user's git reaches a server, beside what every program gets. */
const passedOn = ['SSH_AUTH_SOCK', 'SSH_AGENT_PID', 'GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_SSH_VARIANT', 'GIT_SSL_CAINFO', 'GIT_SSL_CAPATH', 'SystemRoot', 'APPDATA', 'USERPROFILE', 'PATHEXT', 'TEMP', 'TMP'];

function chosen(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(passedOn.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])));
}

function settingsOf(directory: string, remote: Remote | undefined): Record<string, string> {
  const settings: [string, string][] = [
    ['core.hooksPath', join(directory, 'no-hooks')],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['push.gpgSign', 'false'],
    ['push.followTags', 'false'],
    ['safe.directory', '*'],
    ...(remote?.settings ?? []),
  ];
  return {
    // Its words are read, so they must be the ones that are known here.
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'true',
    GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(settings.flatMap(([name, value], index) => [[`GIT_CONFIG_KEY_${index}`, name], [`GIT_CONFIG_VALUE_${index}`, value]])),
  };
}
