import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { download } from './download.ts';
import { findOnPath, versionOf } from './on-path.ts';
import { type Build, buildOf, type Pins, pins as lock, type ToolName, type Wanted, wantedOf } from './pins.ts';
import { fromCache, intoCache } from './stored.ts';
import type { Place } from './task.ts';

export interface ToolOptions {
  /** The version, with or without `v`, for which kubectl takes one minor version beside it as well; the lock file's where absent. */
  version?: string;
  /** As in `process.platform` and `process.arch`; this machine's where absent. For another machine, PATH is not looked at. */
  platform?: string;
  arch?: string;
  /** Where downloads are kept, across runs; the runner's tool cache where absent, and in a terminal a folder of the user's cache. */
  cacheDirectory?: string;
  log(line: string): void;
  signal: AbortSignal;
  /** This process's own where absent. */
  environment?: NodeJS.ProcessEnv;
  /** The lock file; tests give their own. */
  pins?: Pins;
}

export interface Tool {
  path: string;
  /** Without `v`. */
  version: string;
  from: 'PATH' | 'cache' | 'download';
}

const downloadMs = 600_000;

/**
 * A tool of a version that will do: of PATH, else of the cache, else downloaded, checked by its SHA-256 and cached. Says what it does, and what it takes
 * on trust. Rejects with TOOL_UNAVAILABLE, WRONG_CHECKSUM, BAD_INPUT for what is no version, and CANCELLED.
 */
export async function ensureTool(name: ToolName, options: ToolOptions): Promise<Tool> {
  const { platform = process.platform, arch = process.arch, environment = process.env, signal, log, pins = lock } = options;
  const wanted = wantedOf(name, options.version, pins.tools[name]);
  if (wanted === undefined) throw new ConformanceError('BAD_INPUT', `"${options.version}" is no version of ${name}: write it as in ${pins.tools[name].version}.`);
  if (platform === process.platform && arch === process.arch) {
    const found = await onPath(name, wanted, { environment, signal, log });
    if (found !== undefined) return found;
  }
  const build = buildOf(pins.tools[name], wanted.version, platform, arch);
  if (build === undefined) {
    throw new ConformanceError('TOOL_UNAVAILABLE', `${name} is not to be had for ${platform} on ${arch}: use a machine with Linux or macOS on amd64 or arm64, or put ${name} (${wanted.words}) on PATH.`);
  }
  return withPlace(options.cacheDirectory, environment, signal, (place) => provide(name, build, place, log));
}

async function onPath(name: ToolName, { accepts, words }: Wanted, context: { environment: NodeJS.ProcessEnv; signal: AbortSignal; log(line: string): void }): Promise<Tool | undefined> {
  const path = await findOnPath(name, context.environment);
  if (path === undefined) return undefined;
  const version = await versionOf(name, path, context);
  if (version === undefined) return undefined;
  if (accepts(version)) {
    context.log(`${name} ${version} is on PATH: ${path}`);
    return { path, version, from: 'PATH' };
  }
  context.log(`${name} ${version}, which is on PATH, is not taken: wanted is ${words}`);
  return undefined;
}

async function provide(name: ToolName, build: Build, place: Place, log: (line: string) => void): Promise<Tool> {
  const { version } = build;
  const cached = await fromCache(name, build, place);
  if (cached !== undefined) {
    log(`${name} ${version} is in the cache: ${cached}`);
    return { path: cached, version, from: 'cache' };
  }
  const program = await download(name, build, place, log);
  const path = await intoCache(name, build, program, place);
  log(`${name} ${version} is ready: ${path}`);
  return { path, version, from: 'download' };
}

/** The folders that a download needs: they are made here, and the temporary one is removed with all that is left in it. */
async function withPlace<T>(chosen: string | undefined, environment: NodeJS.ProcessEnv, signal: AbortSignal, work: (place: Place) => Promise<T>): Promise<T> {
  const cacheDirectory = chosen ?? (environment['RUNNER_TOOL_CACHE'] || join(environment['XDG_CACHE_HOME'] || join(environment['HOME'] || homedir(), '.cache'), 'smi-conformance'));
  let temporary: string;
  try {
    await mkdir(cacheDirectory, { recursive: true });
    temporary = await mkdtemp(join(environment['RUNNER_TEMP'] || cacheDirectory, 'smi-conformance-download-'));
  } catch (error) {
    throw new ConformanceError('WRITE_FAILED', `nothing can be downloaded to ${cacheDirectory}: ${messageOf(error)}. Make the folder writable, or name another by the variable RUNNER_TOOL_CACHE.`, { cause: error });
  }
  try {
    return await work({ cacheDirectory, temporary, environment, signal, timeoutMs: downloadMs });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
