import { Command, CommanderError } from 'commander';
import type { SignalSource } from '../door/signals.ts';
import { version } from '../door/version.ts';
import { addCleanup } from './commands/cleanup.ts';
import { addLint } from './commands/lint.ts';
import { addList } from './commands/list.ts';
import { addMeshes } from './commands/meshes.ts';
import { addPublish } from './commands/publish.ts';
import { addReport } from './commands/report.ts';
import { addRun } from './commands/run.ts';
import { addUpload } from './commands/upload.ts';
import { addVerify } from './commands/verify.ts';
import { tellError } from './tell.ts';
import type { Terminal } from './terminal.ts';

/** What a command has to work with. */
export interface Setting {
  terminal: Terminal;
  process: SignalSource & { exit(status: number): unknown };
}

/** Adds one command to the program; `end` takes the exit status that it ended with. */
export type AddCommand = (program: Command, setting: Setting, end: (status: number) => void) => void;

const commands: AddCommand[] = [addRun, addList, addLint, addReport, addVerify, addUpload, addPublish, addMeshes, addCleanup];

/** Runs the command line and returns its exit status: see `--help`. Never rejects for anything that a user can do. */
export async function runCli(args: readonly string[], setting: Setting): Promise<number> {
  const { terminal } = setting;
  let status = 0;
  const program = createProgram(terminal);
  for (const add of commands) add(program, setting, (ended) => (status = ended));
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellError(terminal, error);
    // Help that was asked for is no mistake; help that is shown because no command was given is one.
    return error.exitCode === 0 ? 0 : 2;
  }
}

function createProgram({ out, tell, colour }: Terminal): Command {
  return new Command('smi-conformance')
    .description('Says whether a service mesh conforms to the Service Mesh Interface.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: tell, getOutHasColors: () => colour, getErrHasColors: () => false })
    .addHelpText('after', exitStatuses);
}

const exitStatuses = `
Exit status:
  0    the mesh passed
  1    the mesh failed (see run --fail-on)
  2    bad input: the message says which and what to do
  3    the run could not be completed
  130  interrupted (SIGINT); 143 for SIGTERM`;
