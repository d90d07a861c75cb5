import { mkdir } from 'node:fs/promises';
import { trimFolder } from '../../diagnosis/files.ts';
import type { ClusterMade } from '../../journal/index.ts';
import { messageOf } from '../../model/errors.ts';
import { type Commands, commandsOf } from './commands.ts';

const limitMs = 120_000;
/** In bytes. */
const limits = { file: 2 * 1024 ** 2, all: 32 * 1024 ** 2 };

/** Writes the logs of the nodes into a folder, but no more than is of use: what the tool exports may be gigabytes, with whatever the programs on the nodes have written into their logs. */
export async function exportLogs(commands: Commands, directory: string, log: (line: string) => void): Promise<void> {
  await mkdir(directory, { recursive: true });
  await commands.exportLogs(directory, AbortSignal.timeout(limitMs));
  const removed = await trimFolder(directory, limits);
  if (removed > 0) log(`${removed} of the largest logs were left out, for they would have been too much`);
}

/** The same of a cluster that a journal names, and its run cannot be asked for any more. Never rejects. */
export async function exportLogsOf(made: ClusterMade, directory: string, log: (line: string) => void, environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  await saveLogs(commandsOf({ made, environment, log }), directory, log);
}

/** The same where a cluster did not come up: never rejects. */
export async function saveLogs(commands: Commands, directory: string, log: (line: string) => void): Promise<void> {
  try {
    await exportLogs(commands, directory, log);
  } catch (error) {
    // A node that was never made has no logs; why the boot failed is said all the same.
    log(`no logs of the cluster could be exported: ${messageOf(error)}`);
  }
}
