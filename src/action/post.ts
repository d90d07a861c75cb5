import process from 'node:process';
import { cleanAction } from './clean.ts';
import { core } from './core.ts';
import { readRunner } from './runner.ts';

await cleanAction(core, readRunner(process.env));
