import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a finished process took. */
export interface Taken {
  wallMs: number;
  status: number | null;
  /** The most memory that it held at once, in MiB, as the kernel counts it; 0 where the system does not tell. */
  residentMiB: number;
  stderr: string;
}

/** Runs a Node program to its end and measures it from outside. */
export function measure(args: readonly string[], env: NodeJS.ProcessEnv = process.env, cwd?: string): Promise<Taken> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'], ...(cwd === undefined ? {} : { cwd }) });
    let residentMiB = 0;
    let stderr = '';
    const watch = setInterval(() => {
      residentMiB = Math.max(residentMiB, highWater(child.pid));
    }, 100);
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.once('error', reject).once('close', (status) => {
      clearInterval(watch);
      resolve({ wallMs: performance.now() - started, status, residentMiB, stderr });
    });
  });
}

/** The kernel's own high-water mark, so that no peak between two looks is missed. */
function highWater(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    // The process has ended, or this system has no /proc: no figure.
    return 0;
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
