import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterMade, FolderMade } from '../../journal/index.ts';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import { CommandError, ensureTool } from '../../tools/index.ts';
import { pollDelays } from '../poll.ts';
import { type Commands, commandsOf } from './commands.ts';
import { endCreators } from './creators.ts';
import { explain } from './trouble.ts';

export interface Removing {
  log(line: string): void;
  /** Not the run's own signal: what was cancelled is removed as well. Two minutes where absent. */
  signal?: AbortSignal;
  /** This process's own where absent. */
  environment?: NodeJS.ProcessEnv;
  /** For a tool that is gone and has to be had again. */
  cacheDirectory?: string;
}

const limitMs = 120_000;
/** How long nothing must have appeared: an engine finishes what it was asked for after the one who asked is gone. */
export const quietMs = 2_000;

/** Removes what a journal names, whole, half made, or never made. Nothing but that is touched. Rejects with a `ConformanceError` where something stays. */
export async function removeMade(made: ClusterMade | FolderMade, removing: Removing): Promise<void> {
  if (made.what === 'folder') await removeFolder(made.path);
  else await removeCluster(made, removing, quietMs);
}

/** The same of a cluster; one that is known to be whole needs no `quietForMs`. */
export async function removeCluster(made: ClusterMade, removing: Removing, quietForMs: number): Promise<void> {
  const { log, environment = process.env, signal = AbortSignal.timeout(limitMs), cacheDirectory } = removing;
  const { tool, name } = made;
  await endCreators(name);
  try {
    const program = existsSync(made.program) ? made.program : (await ensureTool(tool, { log, signal, environment, ...(cacheDirectory !== undefined && { cacheDirectory }) })).path;
    await withKubeconfig(made.kubeconfig, async (kubeconfig) => {
      const commands = commandsOf({ made: { ...made, program, kubeconfig }, environment, log });
      await deleteNow(commands, signal);
      await untilGone(commands, quietForMs, signal);
    });
  } catch (error) {
    throw explain(error, { tool, name, doing: 'remove', image: undefined });
  }
}

/** The tools strike their cluster off a kubeconfig, and make the file's folder anew where it is gone: then they get one elsewhere. */
async function withKubeconfig(kubeconfig: string, work: (kubeconfig: string) => Promise<void>): Promise<void> {
  if (existsSync(dirname(kubeconfig))) {
    // Left by a tool that was killed; nobody else knows of this file.
    await rm(`${kubeconfig}.lock`, { force: true });
    await work(kubeconfig);
    await rm(kubeconfig, { force: true });
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'smi-conformance-'));
  try {
    await work(join(folder, 'kubeconfig'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where somebody else is already at it, such as the engine for a run that was killed while it cleaned up, that is waited for. */
async function deleteNow(commands: Commands, signal: AbortSignal): Promise<void> {
  try {
    await commands.delete(signal);
  } catch (error) {
    if (!(error instanceof CommandError) || !/removal of container \S+ is already in progress/i.test(error.printed)) throw error;
  }
}

/** Deletes until nothing has been seen for a while. */
async function untilGone(commands: Commands, forMs: number, signal: AbortSignal): Promise<void> {
  let quietSince = performance.now();
  for (const delay of pollDelays()) {
    if (await commands.exists(signal)) {
      await deleteNow(commands, signal);
      quietSince = performance.now();
    } else if (performance.now() - quietSince >= forMs) return;
    await sleep(delay, undefined, { signal });
  }
}

async function removeFolder(path: string): Promise<void> {
  if (!isAbsolute(path) || path === parse(path).root || path === homedir()) throw new TypeError(`"${path}" is not a folder of a run`);
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    throw new ConformanceError('WRITE_FAILED', `the folder ${path} cannot be removed: ${messageOf(error)}. Remove it by hand.`, { cause: error });
  }
}
