import { spawn, type SpawnOptions } from 'node:child_process';
import type { RequestOptions } from 'node:https';
import type { Cluster as ClusterEntry, User } from '@kubernetes/client-node/dist/config_types.js';
import { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js';

/** A plug-in that asks for a password, or waits for a browser, does not end by itself. */
const pluginTimeoutMs = 30_000;

/** Runs a user's credential plug-in where its last answer has expired, with a time limit, of which the library has none. One call at a time. */
export function createPlugin(user: User, cluster: ClusterEntry, timeoutMs = pluginTimeoutMs): (options: RequestOptions) => Promise<void> {
  const execInfo = { name: 'KUBERNETES_EXEC_INFO', value: execInfoFor(user.exec, cluster) };
  const own: User = { ...user, exec: { ...user.exec, env: [execInfo, ...(user.exec.env ?? [])] } };
  const auth = new ExecAuth();
  return async (options) => {
    const limit = AbortSignal.timeout(timeoutMs);
    const run = (command: string, args: string[] | undefined, settings: SpawnOptions) => {
      const child = spawn(command, args ?? [], { ...settings, stdio: ['ignore', 'pipe', 'pipe'], signal: limit, killSignal: 'SIGKILL' });
      // What the plug-in itself has started may outlive it and hold its output open.
      limit.addEventListener('abort', () => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()));
      return child;
    };
    Reflect.set(auth, 'execFn', run);
    await Promise.race([auth.applyAuthentication(own, options), over(limit, timeoutMs)]);
  };
}

function over(limit: AbortSignal, timeoutMs: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    limit.addEventListener('abort', () => reject(new Error(`their plug-in did not end within ${timeoutMs / 1000} s`)), { once: true });
  });
}

/** What client-go tells a plug-in; some, such as Google's, refuse to work without it. */
function execInfoFor(exec: { apiVersion?: string; provideClusterInfo?: boolean }, cluster: ClusterEntry): string {
  const about = { server: cluster.server, 'tls-server-name': cluster.tlsServerName, 'insecure-skip-tls-verify': cluster.skipTLSVerify, 'certificate-authority-data': cluster.caData };
  return JSON.stringify({
    apiVersion: exec.apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo === true && { cluster: about }) },
  });
}
