import { spawn, type SpawnOptions } from 'node:child_process';
import type { RequestOptions } from 'node:https';
import type { Cluster as ClusterEntry, User } from '@kubernetes/client-node/dist/config_types.js';
import { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js';

/** A plug-in that asks for a password, or waits for a browser, does not end by itself. */
export const pluginTimeoutMs = 30_000;

/** Runs a user's credential plug-in where its last answer has expired, with a time limit, of which the library has none. */
export function createPlugin(user: User, cluster: ClusterEntry): (options: RequestOptions) => Promise<void> {
  const execInfo = { name: 'KUBERNETES_EXEC_INFO', value: execInfoFor(user.exec, cluster) };
  const own: User = { ...user, exec: { ...user.exec, env: [execInfo, ...(user.exec.env ?? [])] } };
  const auth = new ExecAuth();
  const run = (command: string, args: string[] | undefined, options: SpawnOptions) => spawn(command, args ?? [], { ...options, stdio: ['ignore', 'pipe', 'pipe'], timeout: pluginTimeoutMs });
  Reflect.set(auth, 'execFn', run);
  return (options) => auth.applyAuthentication(own, options);
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
