import { existsSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { ConformanceError } from '../../model/errors.ts';
import type { Connection } from './connection.ts';
import { createCredentials } from './credentials.ts';
import { type Access, defaultKubeconfig, readKubeconfig, remedy } from './kubeconfig.ts';

const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Reads a kubeconfig (see `KubernetesOptions`) as far as its current context, and its credentials. Rejects with NO_KUBECONFIG. */
export async function loadConnection(kubeconfig: string | undefined): Promise<Connection> {
  const access = kubeconfig === undefined ? fromDefaultPlace() : readKubeconfig(kubeconfig);
  const connection: Connection = { server: bare(access.cluster.server), source: access.source, ...createCredentials(access) };
  await connection.credentials();
  return connection;
}

function fromDefaultPlace(): Access {
  const path = defaultKubeconfig();
  if (existsSync(path)) return readKubeconfig(path);
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;
  if (!existsSync(`${serviceAccount}/token`) || !host) {
    throw new ConformanceError('NO_KUBECONFIG', `There is no kubeconfig: none was given, ${path} does not exist, and this is not a pod of a cluster. ${remedy}`);
  }
  return {
    source: "the pod's service account",
    context: 'in the cluster',
    cluster: { name: 'cluster', server: `https://${isIPv6(host) ? `[${host}]` : host}:${port ?? 443}`, caFile: `${serviceAccount}/ca.crt`, skipTLSVerify: false },
    user: { name: 'account', tokenFile: `${serviceAccount}/token` },
  };
}

/** Without what would let its reader in. */
function bare(server: string): string {
  const url = new URL(server);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}
