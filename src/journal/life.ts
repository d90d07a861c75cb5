import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Tells one process from all others that ever bear its number. */
export interface Life {
  host: string;
  /** The process numbers of a container are its own. Linux only. */
  pidNamespace?: string;
  /** When the process began, in whatever form the system says it; absent where it does not. */
  started?: string;
}

/** Who this process is, for its journal. */
export function lifeOf(pid: number): Life {
  const namespace = pidNamespace();
  const started = startOf(pid);
  return { host: hostname(), ...(namespace !== undefined && { pidNamespace: namespace }), ...(started !== undefined && { started }) };
}

/** `elsewhere`: another machine or container, whose processes cannot be seen from here. In doubt a process is alive. */
export function stateOf(pid: number, life: Life): 'alive' | 'dead' | 'elsewhere' {
  if (life.host !== hostname() || life.pidNamespace !== pidNamespace()) return 'elsewhere';
  if (!isRunning(pid)) return 'dead';
  const started = startOf(pid);
  return life.started === undefined || started === undefined || started === life.started ? 'alive' : 'dead';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, but somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') return startOnLinux(pid);
  if (process.platform === 'win32') return undefined;
  return orUndefined(() => execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } }).trim() || undefined);
}

/** Clock ticks since boot, with the boot that they count from. */
function startOnLinux(pid: number): string | undefined {
  return orUndefined(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  });
}

function pidNamespace(): string | undefined {
  return process.platform === 'linux' ? orUndefined(() => readlinkSync('/proc/self/ns/pid')) : undefined;
}

/** What the system does not tell stays unknown, which counts as alive. */
function orUndefined(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
