import { causesOf } from '../door/causes.ts';
import { failureOf } from '../door/failure.ts';
import { crashStatus, faultOf } from '../door/crash.ts';
import { ConformanceError } from '../model/errors.ts';
import type { Terminal } from './terminal.ts';

const debugVariable = 'SMI_CONFORMANCE_DEBUG';

/** Shows an error that ended a command, and returns the exit status that it stands for. */
export function tellError(terminal: Terminal, error: unknown): number {
  if (!(error instanceof ConformanceError)) return tellFault(terminal, error);
  terminal.tell(failureOf(error));
  if (error.cause !== undefined) tellCauses(terminal, error.cause);
  return error.isBadInput ? 2 : 3;
}

/** Shows a fault of this program; its stack only to who asked for it. */
export function tellFault(terminal: Terminal, error: unknown): number {
  terminal.tell(faultOf(error, `with ${debugVariable}=1 in the environment`));
  tellCauses(terminal, error);
  return crashStatus;
}

/** What lies behind an error, where debug output was asked for. */
export function tellCauses(terminal: Terminal, error: unknown): void {
  if (terminal.environment[debugVariable]) terminal.tell(causesOf(error));
}
