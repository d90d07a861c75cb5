import { spawn, type SpawnOptions } from 'node:child_process';
import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import type { Cluster as ClusterEntry, User } from '@kubernetes/client-node/dist/config_types.js';
import { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import type { Connection } from './connection.ts';

export const remedy = 'Give the path of a kubeconfig that works with `kubectl` by the input `kubeconfig`.';

/** A plug-in that asks for a password, or waits for a browser, does not end by itself. */
const pluginTimeoutMs = 30_000;

/** The ways in of a kubeconfig's current context. `credentials` rejects with `ConformanceError` NO_KUBECONFIG. */
export function createCredentials(config: KubeConfig, source: string): Pick<Connection, 'credentials' | 'secrets'> {
  const plugin = takePlugin(config);
  allowWhatKubectlAllows(config);
  const hasProxy = Boolean(config.getCurrentCluster()?.proxyUrl);
  const seen = new Set(writtenSecrets(config));
  let reading: Promise<RequestOptions> | undefined;

  async function read(): Promise<RequestOptions> {
    try {
      const options: RequestOptions = {};
      await plugin?.(options);
      await config.applyToHTTPSOptions(options);
      // The agent that it makes opens a connection for each request; only one that goes through a proxy is needed.
      if (!hasProxy) delete options.agent;
      const { Authorization: authorization } = (options.headers ?? {}) as { Authorization?: string };
      if (authorization !== undefined) seen.add(authorization.replace(/^\w+ /, ''));
      return options;
    } catch (error) {
      throw unreadable(error, config, source);
    }
  }

  return {
    // Calls that ask at the same time share one answer, so that a plug-in runs once.
    async credentials() {
      reading ??= read().finally(() => (reading = undefined));
      return { ...(await reading) };
    },
    secrets: () => [...seen],
  };
}

/** Takes the plug-in out of the current user's entry and runs it with a time limit, which the library has none of. */
function takePlugin(config: KubeConfig): ((options: RequestOptions) => Promise<void>) | undefined {
  const user = config.getCurrentUser();
  if (!user?.exec) return undefined;
  replaceCurrentUser(config, { ...user, exec: undefined });
  const execInfo = { name: 'KUBERNETES_EXEC_INFO', value: execInfoFor(user.exec, config.getCurrentCluster()) };
  const own: User = { ...user, exec: { ...user.exec, env: [execInfo, ...(user.exec.env ?? [])] } };
  const auth = new ExecAuth();
  const run = (command: string, args: string[] | undefined, options: SpawnOptions) => spawn(command, args ?? [], { ...options, stdio: ['ignore', 'pipe', 'pipe'], timeout: pluginTimeoutMs });
  Reflect.set(auth, 'execFn', run);
  return (options) => auth.applyAuthentication(own, options);
}

/** What client-go tells a plug-in; some, such as Google's, refuse to work without it. */
function execInfoFor(exec: { apiVersion?: string; provideClusterInfo?: boolean }, cluster: ClusterEntry | null): string {
  const about = { server: cluster?.server, 'tls-server-name': cluster?.tlsServerName, 'insecure-skip-tls-verify': cluster?.skipTLSVerify, 'certificate-authority-data': cluster?.caData };
  return JSON.stringify({
    apiVersion: exec.apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo === true && { cluster: about }) },
  });
}

/** The library reads no TLS options where a context names no user, and refuses plain HTTP, which `kubectl proxy` speaks. */
function allowWhatKubectlAllows(config: KubeConfig): void {
  const cluster = config.getCurrentCluster();
  const context = config.getContextObject(config.currentContext);
  if (cluster?.server.startsWith('http:')) config.clusters = config.clusters.map((entry) => (entry === cluster ? { ...entry, skipTLSVerify: true } : entry));
  if (context?.user) return;
  config.contexts = config.contexts.map((entry) => (entry === context ? { ...entry, user: nobody } : entry));
  config.users = [...config.users, { name: nobody }];
}

/** No kubeconfig has a user of that name: names are not empty there. */
const nobody = ' ';

function replaceCurrentUser(config: KubeConfig, user: User): void {
  const current = config.getCurrentUser();
  config.users = config.users.map((entry) => (entry === current ? user : entry));
}

function writtenSecrets(config: KubeConfig): string[] {
  const user = config.getCurrentUser();
  const { proxyUrl } = config.getCurrentCluster() ?? {};
  const proxyPassword = proxyUrl !== undefined && URL.canParse(proxyUrl) ? new URL(proxyUrl).password : undefined;
  return [user?.token, user?.password, user?.keyData, proxyPassword].filter((secret): secret is string => typeof secret === 'string' && secret !== '');
}

function unreadable(error: unknown, config: KubeConfig, source: string): ConformanceError {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  let why = messageOf(error).trim();
  let cause: { cause: unknown } | undefined = { cause: error };
  if (code === 'ENOENT') why = syscall?.startsWith('spawn') ? `their plug-in, the program "${path}", is not installed` : `the file ${path} does not exist`;
  else if (error instanceof SyntaxError || error instanceof TypeError) {
    // Without a cause: the error quotes what the plug-in printed, and that may be a token.
    why = 'their plug-in printed no ExecCredential';
    cause = undefined;
  } else if (why === '') why = `their plug-in failed without a word, or did not end within ${pluginTimeoutMs / 1000} s`;
  return new ConformanceError('NO_KUBECONFIG', `The credentials of context "${config.currentContext}" in ${source} cannot be read: ${why.replace(/\.$/, '')}. ${remedy}`, cause);
}
