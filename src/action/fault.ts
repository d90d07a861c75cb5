import { causesOf } from '../door/causes.ts';
import { faultOf } from '../door/crash.ts';
import type { Toolkit } from './toolkit.ts';

/** Fails the step for a fault of this program. The stack is for the debug log. */
export function tellFault(toolkit: Toolkit, error: unknown): void {
  toolkit.setFailed(faultOf(error, 'with debug logging'));
  toolkit.debug(causesOf(error));
}
