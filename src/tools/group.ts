import type { ChildProcess } from 'node:child_process';

/** How long a program may take to end itself when asked to. */
const graceMs = 3_000;
/** How long output is awaited that something which outlives the program holds open. */
const drainMs = 2_000;

const running = new Set<number>();
let guarding = false;

/** A program with everything that it has started: they are ended together. */
export interface Group {
  /** Asks all of them to end, and kills what is left a moment later. May be called again. */
  stop(): void;
  /** How the program ended: a status, or the signal that ended it. Rejects where it could not be started. */
  ended: Promise<{ status: number | null; signal: NodeJS.Signals | null }>;
}

/** Watches over a child that was spawned `detached`, which makes it the leader of a process group. It goes with this process at the latest. */
export function groupOf(child: ChildProcess): Group {
  const { pid } = child;
  let killing: NodeJS.Timeout | undefined;
  if (pid !== undefined) keep(pid);

  const ended = new Promise<{ status: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      // What was asked to end and has not: nobody is left to wait for it.
      if (killing !== undefined) signalGroup(pid, 'SIGKILL');
      const draining = setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()), drainMs);
      child.once('close', () => clearTimeout(draining));
    });
    child.once('close', (status, signal) => {
      clearTimeout(killing);
      if (pid !== undefined) running.delete(pid);
      resolve({ status, signal });
    });
  });

  return {
    stop() {
      if (killing !== undefined) return;
      signalGroup(pid, 'SIGTERM');
      killing = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
    },
    ended,
  };
}

/** Sends a signal to a process group, or to the process alone where it leads none; one that is gone is no error. */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // EPERM: somebody else's by now. Either way there is nothing of ours to end.
      if (code !== 'ESRCH' && code !== 'EPERM') throw error;
    }
  }
}

/** A group of its own does not get the terminal's Ctrl-C, nor anything else of what ends this process. */
function keep(pid: number): void {
  running.add(pid);
  if (guarding) return;
  guarding = true;
  process.once('exit', () => {
    for (const one of running) signalGroup(one, 'SIGKILL');
  });
}
