import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ConformanceError } from '../model/errors.ts';
import { publishedSha256, sha256Of } from './checksum.ts';
import type { Build, ToolName } from './pins.ts';
import { runProgram } from './run-program.ts';
import { type Place, TaskError, type TaskFailure } from './task.ts';

const unpackMs = 120_000;

/** Downloads a build, checks it and unpacks it; resolves with the path of the program, in the temporary folder. Nothing that failed its check stays. */
export async function download(name: ToolName, build: Build, place: Place, log: (line: string) => void): Promise<string> {
  const { version, platform, url, member } = build;
  log(`downloading ${name} ${version} from ${url}`);
  const file = await fetched(url, 'program', `${name} ${version} for ${platform}`, place);
  const expected = build.sha256 ?? (await publishedFor(name, build, place, log));
  const actual = await sha256Of(file);
  if (actual !== expected) {
    await rm(file, { force: true });
    throw new ConformanceError('WRONG_CHECKSUM', `what ${url} gave is not ${name} ${version}: its SHA-256 is ${actual}, and should be ${expected}. It was removed. Run again; if that does not help, something between this machine and the publisher changes files, or the published one was replaced: do not use it.`);
  }
  if (member === undefined) return file;
  const { signal, environment, temporary } = place;
  await runProgram('tar', ['-xzf', file, '-C', temporary, member], { signal, environment, timeoutMs: unpackMs, log });
  return join(temporary, member);
}

/** The checksum of a build that the lock file does not know. */
async function publishedFor(name: ToolName, { version, platform, url, checksumUrl }: Build, place: Place, log: (line: string) => void): Promise<string> {
  log(`the lock file has no checksum of ${name} ${version} for ${platform}: checking against ${checksumUrl}, which comes from where the program comes from`);
  const file = await fetched(checksumUrl, 'checksum', `the checksum of ${name} ${version} for ${platform}`, place);
  const found = publishedSha256(await readFile(file, 'utf8'), basename(new URL(url).pathname));
  if (found === undefined) throw new ConformanceError('WRONG_CHECKSUM', `${checksumUrl} does not hold a SHA-256 of ${basename(url)}, so ${name} ${version} cannot be checked and is not used. Put ${name} ${version} on PATH yourself, or ask for another version.`);
  return found;
}

async function fetched(url: string, fileName: string, what: string, place: Place): Promise<string> {
  const file = join(place.temporary, fileName);
  const { toolCache } = await import('./tool-cache.ts');
  try {
    return await toolCache({ do: 'download', url, file }, place);
  } catch (error) {
    if (error instanceof TaskError) throw unavailable(error.failure, url, what, error);
    throw error;
  }
}

function unavailable({ message, status, code }: TaskFailure, url: string, what: string, cause: unknown): ConformanceError {
  const fail = (why: string) => new ConformanceError('TOOL_UNAVAILABLE', `${what} could not be downloaded: ${why}`, { cause });
  if (status === 404 || status === 410) return fail(`there is nothing at ${url}. Ask for a version that was published.`);
  if (code === 'ENOSPC') return fail('the disk is full. Make room, or name a folder on another disk by the variable RUNNER_TOOL_CACHE.');
  const why = status === undefined ? message : `it answered with status ${status}`;
  return fail(`${new URL(url).host}: ${why}. Let this machine reach it (HTTPS_PROXY names a proxy), or install that version and put it on PATH.`);
}
