import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterMade } from '../../journal/index.ts';
import { ConformanceError } from '../../model/errors.ts';
import { CommandError, runProgram } from '../../tools/index.ts';

/** What the commands of one cluster have in common. */
export interface CommandContext {
  made: ClusterMade;
  environment: NodeJS.ProcessEnv;
  log(line: string): void;
}

/** What can be done with the cluster of one name by the tool that boots it. Every method rejects with `CommandError` or CANCELLED. */
export interface Commands {
  /** Whether there is anything of that name, whole or not. */
  exists(signal: AbortSignal): Promise<boolean>;
  /** `image`, where the tool takes one; `version` as `v1.34.8`. */
  create(what: { image?: string; version?: string }, limits: { timeoutMs: number; signal: AbortSignal }): Promise<void>;
  /** Loads archives, by path, and images of the local Docker engine, by name, into all nodes. */
  load(items: readonly string[], signal: AbortSignal): Promise<void>;
  exportLogs(directory: string, signal: AbortSignal): Promise<void>;
  /** Nothing to delete is no error. */
  delete(signal: AbortSignal): Promise<void>;
}

const askingMs = 60_000;
const loadMs = 600_000;
const logsMs = 120_000;
const deleteMs = 120_000;

export function commandsOf(context: CommandContext): Commands {
  return context.made.tool === 'kind' ? kind(context) : minikube(context);
}

type Call = (args: string[], limits: { timeoutMs: number; signal: AbortSignal }, log?: (line: string) => void) => Promise<string>;

/** Runs the tool. Whatever it does to a kubeconfig, it does to the run's own. */
function caller({ made: { program, kubeconfig, environment: finds }, environment, log }: CommandContext, env: Record<string, string> = {}): Call {
  return async (args, limits, to = log) => (await runProgram(program, args, { ...limits, environment, env: { ...finds, ...env, KUBECONFIG: kubeconfig }, log: to })).stdout;
}

/** What of an environment decides which Docker engine, and which of its own files, a tool finds: `ClusterMade.environment`. */
export function findingVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined && /^(DOCKER_(HOST|CONTEXT|CONFIG|CERT_PATH|TLS_VERIFY)|MINIKUBE_HOME)$/.test(entry[0])));
}

const silent = (): void => undefined;

/** https://kind.sigs.k8s.io/docs/user/quick-start/ */
function kind(context: CommandContext): Commands {
  const { name, kubeconfig } = context.made;
  const call = caller(context);
  const own = ['--name', name];
  return {
    async exists(signal) {
      // Of a cluster that is half there, `get clusters` knows as much: both read the labels of containers.
      return linesOf(await call(['get', 'nodes', ...own], { signal, timeoutMs: askingMs }, silent)).length > 0;
    },
    async create({ image }, limits) {
      // `--retain` leaves a node that failed to be looked at; it is removed here, after its logs are out.
      await call(['create', 'cluster', ...own, '--kubeconfig', kubeconfig, ...(image === undefined ? [] : ['--image', image]), '--retain', '--wait', '0s'], limits);
    },
    async load(items, signal) {
      for (const archive of items.filter(isArchive)) await call(['load', 'image-archive', archive, ...own], { signal, timeoutMs: loadMs });
      const images = items.filter((item) => !isArchive(item));
      if (images.length > 0) await call(['load', 'docker-image', ...images, ...own], { signal, timeoutMs: loadMs });
    },
    async exportLogs(directory, signal) {
      try {
        await call(['export', 'logs', directory, ...own], { signal, timeoutMs: logsMs });
      } catch (error) {
        // It goes on where one of many commands on a node fails, and says so at its end.
        if (!(error instanceof CommandError) || error.trouble !== 'status' || readdirSync(directory).length === 0) throw error;
        context.log(`kind exported what there was: ${error.tail.split('\n').at(-1) ?? ''}`);
      }
    },
    async delete(signal) {
      await call(['delete', 'cluster', ...own, '--kubeconfig', kubeconfig], { signal, timeoutMs: deleteMs });
    },
  };
}

/** https://minikube.sigs.k8s.io/docs/commands/ */
function minikube(context: CommandContext): Commands {
  const { name } = context.made;
  const call = caller(context, { MINIKUBE_IN_STYLE: 'false', MINIKUBE_WANTUPDATENOTIFICATION: 'false' });
  const own = ['--profile', name];
  return {
    async exists(signal) {
      const said = JSON.parse(await call(['profile', 'list', '--output', 'json'], { signal, timeoutMs: askingMs }, silent)) as Record<'valid' | 'invalid', { Name: string }[] | null | undefined>;
      return [...(said.valid ?? []), ...(said.invalid ?? [])].some((profile) => profile.Name === name);
    },
    async create({ image, version }, limits) {
      const chosen = [...(version === undefined ? [] : ['--kubernetes-version', version]), ...(image === undefined ? [] : ['--base-image', image])];
      // Readiness is awaited here, by conditions; the kubeconfig must work when the profile's folder cannot be read.
      await call(['start', ...own, '--driver', 'docker', ...chosen, '--interactive=false', '--embed-certs', '--wait', 'none'], limits);
    },
    async load(items, signal) {
      for (const item of items) await call(['image', 'load', item, ...(isArchive(item) ? [] : ['--daemon']), ...own], { signal, timeoutMs: loadMs });
    },
    async exportLogs(directory, signal) {
      await call(['logs', '--file', join(directory, 'minikube.log'), ...own], { signal, timeoutMs: logsMs });
    },
    async delete(signal) {
      await call(['delete', ...own], { signal, timeoutMs: deleteMs });
    },
  };
}

/** What is to be loaded is checked before anything is made. Throws BAD_INPUT. */
export function checkPreload(items: readonly string[]): void {
  const wrong = items.find((item) => item === '' || item.startsWith('-'));
  if (wrong !== undefined) throw new ConformanceError('BAD_INPUT', `"${wrong}" to preload is neither the path of an image archive nor the name of a local image: write one as \`docker save\` makes it, or the other as in \`docker images\`.`);
  const missing = items.filter((item) => /^\.{0,2}\/|\.tar(\.gz)?$/.test(item) && !isArchive(item));
  if (missing.length > 0) throw new ConformanceError('BAD_INPUT', `there is no image archive ${missing.join(', ')} to preload: write paths of files as \`docker save\` makes them, or names of local images.`);
}

/** A file, whatever its name; everything else is the name of an image. */
function isArchive(item: string): boolean {
  return statSync(item, { throwIfNoEntry: false })?.isFile() === true;
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
