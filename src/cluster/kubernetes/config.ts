import { existsSync, readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import type { Connection } from './connection.ts';

const serviceAccountToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const remedy = 'Give the path of a kubeconfig that works with `kubectl` by the input `kubeconfig`.';

/** Reads a kubeconfig (see `KubernetesOptions`) as far as its current context. Rejects with `ConformanceError` NO_KUBECONFIG. */
export async function loadConnection(kubeconfig: string | undefined): Promise<Connection> {
  const { config, source } = kubeconfig === undefined ? fromDefaultPlace() : { config: fromFiles(kubeconfig), source: kubeconfig };
  const server = currentServer(config, source);
  const connection: Connection = { server, source, credentials: () => credentialsOf(config), secrets: () => secretsOf(config) };
  try {
    await connection.credentials();
  } catch (error) {
    throw new ConformanceError('NO_KUBECONFIG', `The credentials of context "${config.currentContext}" in ${source} cannot be read: ${messageOf(error)}. ${remedy}`, { cause: error });
  }
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

/** One file, or several that are merged; of several, those that do not exist are left out, as kubectl does. */
function fromFiles(list: string): KubeConfig {
  const paths = list.split(delimiter).filter((path) => path !== '');
  const present = paths.length > 1 ? paths.filter((path) => existsSync(path)) : paths;
  const [first, ...others] = (present.length > 0 ? present : paths).map(fromFile);
  if (!first) throw new ConformanceError('NO_KUBECONFIG', `The input \`kubeconfig\` is empty. ${remedy}`);
  for (const other of others) {
    try {
      first.mergeConfig(other);
    } catch (error) {
      throw new ConformanceError('NO_KUBECONFIG', `The kubeconfigs ${list} cannot be merged: ${messageOf(error)}. ${remedy}`, { cause: error });
    }
  }
  return first;
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
  if (!config.currentContext) fail('has no current context (`kubectl config use-context` sets one)');
  const context = config.getContextObject(config.currentContext);
  if (!context) fail(`has no context "${config.currentContext}", which it names as the current one`);
  const cluster = config.getCurrentCluster();
  if (!cluster) return fail(`has no cluster "${context?.cluster ?? ''}", which its current context "${config.currentContext}" names`);
  if (!URL.canParse(cluster.server) || !/^https?:$/.test(new URL(cluster.server).protocol)) return fail(`gives cluster "${cluster.name}" a server that is no URL`);
  const url = new URL(cluster.server);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}

async function credentialsOf(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  // The agent that it makes opens a connection for each request; only one that goes through a proxy is needed.
  if (!config.getCurrentCluster()?.proxyUrl) delete options.agent;
  return options;
}

function secretsOf(config: KubeConfig): string[] {
  const user = config.getCurrentUser();
  return [user?.token, user?.password, user?.keyData].filter((secret): secret is string => typeof secret === 'string' && secret !== '');
}
