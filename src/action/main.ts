import process from 'node:process';
import { endOnCrash } from '../door/crash.ts';
import { core } from './core.ts';
import { tellFault } from './fault.ts';
import { runAction } from './run.ts';
import { readRunner } from './runner.ts';

endOnCrash(process, (error) => tellFault(core, error));
process.exitCode = await runAction(core, readRunner(process.env), process);
