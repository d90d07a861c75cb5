import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Ended {
  status: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

/** A door as a process of its own, in an empty folder that also is its home and keeps its journals. */
export interface Child extends AsyncDisposable {
  folder: string;
  run(...args: string[]): Promise<Ended>;
  start(...args: string[]): { process: ChildProcess; ended: Promise<Ended> };
}

/** `door` is the file that was built; the environment has nothing of this process but what Node needs. */
export async function openChild(door: string, environment: (folder: string) => Record<string, string> = () => ({})): Promise<Child> {
  const folder = await mkdtemp(join(tmpdir(), 'smi-door-'));
  const env = { PATH: process.env['PATH'], HOME: folder, SMI_CONFORMANCE_STATE: join(folder, 'state'), ...environment(folder) };
  const start: Child['start'] = (...args) => {
    const child = spawn(process.execPath, [door, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        texts[stream] += chunk;
      });
    }
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject).once('close', (status, signal) => resolve({ status, signal, ...texts }));
    });
    return { process: child, ended };
  };
  return { folder, start, run: (...args) => start(...args).ended, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
