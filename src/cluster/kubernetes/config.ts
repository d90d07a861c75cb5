import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
// Not the package's entry, which also loads what reads logs, copies files and watches.
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import type { Connection } from './connection.ts';
import { createCredentials, remedy } from './credentials.ts';

const serviceAccountToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Reads a kubeconfig (see `KubernetesOptions`) as far as its current context. Rejects with `ConformanceError` NO_KUBECONFIG. */
export async function loadConnection(kubeconfig: string | undefined): Promise<Connection> {
  const { config, source } = kubeconfig === undefined ? fromDefaultPlace() : { config: fromFiles(kubeconfig), source: kubeconfig };
  const server = currentServer(config, source);
  const connection: Connection = { server, source, ...createCredentials(config, source) };
  await connection.credentials();
  return connection;
}

function fromDefaultPlace(): { config: KubeConfig; source: string } {
  const path = join(homedir(), '.kube', 'config');
  if (existsSync(path)) return { config: fromFiles(path), source: path };
  if (!existsSync(serviceAccountToken)) {
    throw new ConformanceError('NO_KUBECONFIG', `There is no kubeconfig: none was given, ${path} does not exist, and this is not a pod of a cluster. ${remedy}`);
  }
  const config = new KubeConfig();
  config.loadFromCluster();
  return { config, source: "the pod's service account" };
}

/** One file, or several that are merged as kubectl does: those that do not exist are left out, and the first to set something wins. */
function fromFiles(list: string): KubeConfig {
  const paths = list.split(delimiter).filter((path) => path !== '');
  if (paths.length === 0) throw new ConformanceError('NO_KUBECONFIG', `The path of the kubeconfig is empty. ${remedy}`);
  const present = paths.length > 1 ? paths.filter((path) => existsSync(path)) : paths;
  if (present.length === 0) throw new ConformanceError('NO_KUBECONFIG', `None of the kubeconfigs ${list} exists. ${remedy}`);
  return merged(present.map(fromFile));
}

function merged(configs: KubeConfig[]): KubeConfig {
  const all = new KubeConfig();
  all.loadFromOptions({
    clusters: firstOfEachName(configs.flatMap(({ clusters }) => clusters)),
    users: firstOfEachName(configs.flatMap(({ users }) => users)),
    contexts: firstOfEachName(configs.flatMap(({ contexts }) => contexts)),
    currentContext: configs.find(({ currentContext }) => currentContext)?.currentContext,
  });
  return all;
}

function firstOfEachName<T extends { name: string }>(entries: T[]): T[] {
  return [...Map.groupBy(entries, ({ name }) => name).values()].map(([first]) => first as T);
}

function fromFile(path: string): KubeConfig {
  const config = new KubeConfig();
  const text = contentsOf(path);
  try {
    config.loadFromString(text);
    config.makePathsAbsolute(dirname(path));
  } catch (error) {
    // Without a cause: the parser's error quotes lines of the file, and those may hold a token.
    throw new ConformanceError('NO_KUBECONFIG', `${path} is not a kubeconfig: ${whyUnparsable(error)}. ${remedy}`);
  }
  return config;
}

function contentsOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? messageOf(error);
    const why = { ENOENT: 'does not exist', EACCES: 'may not be read by this user', EISDIR: 'is a directory' }[code] ?? `cannot be read (${code})`;
    throw new ConformanceError('NO_KUBECONFIG', `The kubeconfig ${path} ${why}. ${remedy}`, { cause: error });
  }
}

function whyUnparsable(error: unknown): string {
  const { reason, mark } = error as { reason?: unknown; mark?: { line?: unknown } | undefined };
  if (typeof reason === 'string') return `${reason}${typeof mark?.line === 'number' ? ` in line ${mark.line + 1}` : ''}`;
  return error instanceof TypeError ? 'it holds no clusters, users and contexts' : messageOf(error);
}

function currentServer(config: KubeConfig, source: string): string {
  const fail = (what: string): never => {
    throw new ConformanceError('NO_KUBECONFIG', `${source} ${what}. ${remedy}`);
  };
  if (!config.currentContext) return fail('has no current context (`kubectl config use-context` sets one)');
  const context = config.getContextObject(config.currentContext);
  if (!context) return fail(`has no context "${config.currentContext}", which it names as the current one`);
  const cluster = config.getCurrentCluster();
  if (!cluster) return fail(`has no cluster "${context.cluster}", which its current context "${config.currentContext}" names`);
  if (context.user && !config.getCurrentUser()) return fail(`has no user "${context.user}", which its current context "${config.currentContext}" names`);
  if (!URL.canParse(cluster.server) || !/^https?:$/.test(new URL(cluster.server).protocol)) return fail(`gives cluster "${cluster.name}" a server that is no URL`);
  const url = new URL(cluster.server);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}
