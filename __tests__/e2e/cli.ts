import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunEvent } from '../../src/model/event.ts';
import type { Report } from '../../src/model/report.ts';

const root = join(import.meta.dirname, '../..');

/** The built command line, with a state directory and an output folder of its own. */
export interface Cli {
  /** A folder of its own. */
  directory: string;
  output: string;
  start(...args: string[]): Started;
  report(): Promise<Report>;
  events(): Promise<RunEvent[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<{ status: number | null; signal: string | null; stdout: string; stderr: string }>;
}

/** The command line as users get it: what was built, never the source. */
export async function openCli(): Promise<Cli> {
  const program = join(root, 'dist/cli.js');
  if (!existsSync(program)) throw new Error('dist/cli.js is not there: run npm run build');
  const directory = await mkdtemp(join(tmpdir(), 'smi-conformance-'));
  const output = join(directory, 'results');
  return {
    directory,
    output,
    start(...args) {
      const child = spawn(process.execPath, [program, ...args], { cwd: directory, env: { ...process.env, XDG_STATE_HOME: join(directory, 'state'), NO_COLOR: '1', NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'pipe'] });
      const texts = { stdout: '', stderr: '' };
      for (const stream of ['stdout', 'stderr'] as const) {
        child[stream].setEncoding('utf8').on('data', (chunk: string) => {
          texts[stream] += chunk;
        });
      }
      const ended = new Promise<Awaited<Started['ended']>>((resolve, reject) => {
        child.once('error', reject).once('close', (status, signal) => resolve({ status, signal, ...texts }));
      });
      return { child, ended };
    },
    report: async () => JSON.parse(await readFile(join(output, 'report.json'), 'utf8')) as Report,
    events: async () => {
      const path = join(output, 'events.ndjson');
      if (!existsSync(path)) return [];
      // The last line of a run that goes on may be half written.
      return (await readFile(path, 'utf8')).split('\n').slice(0, -1).map((line) => JSON.parse(line) as RunEvent);
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
