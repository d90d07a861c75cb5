#!/usr/bin/env node
import { homedir } from 'node:os';
import process from 'node:process';
import { endOnCrash } from '../door/crash.ts';
import { runCli } from './program.ts';
import { createTerminal } from './terminal.ts';
import { tellFault } from './tell.ts';

const terminal = createTerminal(process, { directory: process.cwd(), home: homedir(), environment: process.env });
endOnCrash(process, (error) => tellFault(terminal, error));
process.exitCode = await runCli(process.argv.slice(2), { terminal, process });
