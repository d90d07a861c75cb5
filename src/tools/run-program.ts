import { spawn } from 'node:child_process';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { allowedOf } from './environment.ts';
import { groupOf } from './group.ts';
import { createOutput, outputLimit } from './output.ts';

export interface ProgramOptions {
  timeoutMs: number;
  /** Ends the program, with all that it has started; the call then rejects with CANCELLED. */
  signal: AbortSignal;
  /** Variables beside those that every program gets (see `environment.ts`). */
  env?: Record<string, string>;
  cwd?: string;
  stdin?: string;
  /** Gets each line that the program prints, on whichever stream. */
  log(line: string): void;
  /** What the allowed variables are taken from; this process's own where absent. */
  environment?: NodeJS.ProcessEnv;
}

export interface ProgramOutput {
  stdout: string;
  stderr: string;
}

/** Why a program was of no use: it is `missing`, could not be `started`, ended with a `status` or by a `signal`, ran out of `time`, or said `too-much`. */
export type CommandTrouble = 'missing' | 'started' | 'status' | 'signal' | 'time' | 'too-much';

interface CommandTraits {
  trouble: CommandTrouble;
  status?: number;
  tail?: string;
  printed?: string;
  cause?: unknown;
}

/** A program that failed. Whoever knows the program can tell more by `trouble`, `status` and `printed`. */
export class CommandError extends ConformanceError {
  readonly trouble: CommandTrouble;
  readonly status: number | undefined;
  /** The last lines that it printed. */
  readonly tail: string;
  /** All that it printed, the standard output first. */
  readonly printed: string;
  constructor(message: string, traits: CommandTraits) {
    super('COMMAND_FAILED', message, 'cause' in traits ? { cause: traits.cause } : undefined);
    this.trouble = traits.trouble;
    this.status = traits.status;
    this.tail = traits.tail ?? '';
    this.printed = traits.printed ?? '';
  }
}

/**
 * Runs a program to its end, without a shell. Rejects with `CommandError` where it fails, and with CANCELLED. Not `@actions/exec`: that
 * can neither end a program nor what the program has started, and prints to the standard output, which belongs to the door.
 */
export async function runProgram(file: string, args: readonly string[], options: ProgramOptions): Promise<ProgramOutput> {
  const { signal, timeoutMs, cwd, env, stdin, environment = process.env } = options;
  if (signal.aborted) throw cancelled(signal);
  const output = createOutput(options.log);
  const child = spawn(file, args, { env: { ...allowedOf(environment), ...env }, detached: process.platform !== 'win32', stdio: ['pipe', 'pipe', 'pipe'], ...(cwd !== undefined && { cwd }) });
  const group = groupOf(child);
  let stoppedBy: 'cancel' | 'time' | 'too-much' | undefined;
  const stop = (why: typeof stoppedBy): void => {
    stoppedBy ??= why;
    group.stop();
  };
  for (const stream of ['stdout', 'stderr'] as const) child[stream].on('data', (chunk: Buffer) => output.take(stream, chunk) || stop('too-much'));
  // A program that does not read its input to the end closes it: how it ends says whether that was right.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin ?? '');
  const onAbort = (): void => stop('cancel');
  signal.addEventListener('abort', onAbort, { once: true });
  const limit = setTimeout(() => stop('time'), timeoutMs);
  const command = commandLine(file, args);
  try {
    const { status, signal: endedBy } = await group.ended;
    output.end();
    const said = { tail: output.tail(), printed: `${output.stdout()}\n${output.stderr()}` };
    if (stoppedBy === 'cancel') throw cancelled(signal);
    if (stoppedBy === 'time') throw failed(command, `did not end within ${timeoutMs / 1000} s and was stopped`, { trouble: 'time', ...said });
    if (stoppedBy === 'too-much') throw failed(command, `printed more than ${outputLimit / 1024 ** 2} MiB and was stopped`, { trouble: 'too-much', ...said });
    if (status === null) throw failed(command, `was ended by the signal ${endedBy}`, { trouble: 'signal', ...said });
    if (status !== 0) throw failed(command, `ended with status ${status}`, { trouble: 'status', status, ...said });
    return { stdout: output.stdout(), stderr: output.stderr() };
  } catch (error) {
    throw error instanceof ConformanceError ? error : unstartable(file, command, cwd, error);
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', onAbort);
  }
}

/** As a user would type it. */
export function commandLine(file: string, args: readonly string[]): string {
  return [file, ...args].map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`)).join(' ');
}

/** The error of a run that was asked to stop. */
export function cancelled(signal: AbortSignal): ConformanceError {
  return new ConformanceError('CANCELLED', `the run was stopped by ${String(signal.reason)}`);
}

function failed(command: string, what: string, traits: CommandTraits): CommandError {
  const said = traits.tail === '' ? 'It printed nothing.' : `Its last lines:\n${traits.tail}`;
  return new CommandError(`the command ${command} ${what}. Mend what it says, or run it by hand to see more. ${said}`, traits);
}

function unstartable(file: string, command: string, cwd: string | undefined, error: unknown): CommandError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return new CommandError(`the program ${file} is not installed${cwd === undefined ? '' : `, or the folder ${cwd} is gone`}. Install it, or put its folder on PATH.`, { trouble: 'missing', cause: error });
  }
  const why = code === 'EACCES' ? 'this user may not execute it' : messageOf(error);
  return new CommandError(`the command ${command} cannot be started: ${why}. Make the program executable on this machine, or install it again.`, { trouble: 'started', cause: error });
}
