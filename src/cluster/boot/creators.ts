import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { runProgram, signalGroup } from '../../tools/index.ts';

/**
 * Kills what is still at work on creating a cluster: a run that was killed leaves the tool behind, which would go on and make what was removed. Resolves with
 * how many there were. Found by the cluster's name among the arguments, which no other run shares; processes of other machines and containers cannot be seen.
 */
export async function endCreators(name: string): Promise<number> {
  const all = process.platform === 'linux' ? await ofProc() : await ofPs();
  const creators = all.filter(({ pid, args }) => pid !== process.pid && isCreator(args, name));
  for (const { pid } of creators) signalGroup(pid, 'SIGKILL');
  return creators.length;
}

interface Process {
  pid: number;
  args: string[];
}

/** The tool itself, or a `docker` that it started. Where the tool is a script, what runs it comes before. */
function isCreator(args: readonly string[], name: string): boolean {
  return args.slice(0, 3).some((part) => /^(kind|minikube|docker)(\.|$)/.test(basename(part))) && args.some((part) => part === name || part.startsWith(`${name}-`) || part.endsWith(`=${name}`));
}

async function ofProc(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry)).map(Number);
  return Promise.all(pids.map(async (pid) => ({ pid, args: await argsOf(pid) })));
}

/** Nothing of a process that has ended since, or is another user's. */
async function argsOf(pid: number): Promise<string[]> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
  } catch {
    return [];
  }
}

async function ofPs(): Promise<Process[]> {
  const { stdout } = await runProgram('ps', ['-axww', '-o', 'pid=,command='], { timeoutMs: 10_000, signal: new AbortController().signal, log: () => undefined });
  return stdout.split('\n').map((line) => {
    const [pid = '', ...args] = line.trim().split(/\s+/);
    return { pid: Number(pid), args };
  });
}
