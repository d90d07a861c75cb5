import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import type { Connection } from './connection.ts';
import { type Access, remedy, type UserEntry } from './kubeconfig.ts';
import { createPlugin } from './plugin.ts';

/** Adds to the options of a request what lets it in. */
type Add = (options: RequestOptions) => Promise<void>;

/** The way in of a kubeconfig's current context. `credentials` rejects with NO_KUBECONFIG. */
export function createCredentials(access: Access): Pick<Connection, 'credentials' | 'secrets'> {
  const { cluster, user } = access;
  const plugin = user?.exec ? createPlugin(user, cluster) : undefined;
  const library = user?.authProvider || cluster.proxyUrl ? createLibrary(access) : undefined;
  const seen = new Set(writtenSecrets(access));
  let reading: Promise<RequestOptions> | undefined;

  async function read(): Promise<RequestOptions> {
    const options: RequestOptions = {};
    try {
      await addFiles(options, access);
      if (user) await addUser(options, user);
      await plugin?.(options);
      await library?.(options);
    } catch (error) {
      throw unreadable(error, access);
    }
    const { Authorization: authorization } = headersOf(options);
    if (authorization !== undefined) seen.add(authorization.replace(/^\w+ /, ''));
    return options;
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

async function addFiles(options: RequestOptions, { cluster, user }: Access): Promise<void> {
  const [ca, cert, key] = await Promise.all([contentsOf(cluster.caFile, cluster.caData), contentsOf(user?.certFile, user?.certData), contentsOf(user?.keyFile, user?.keyData)]);
  Object.assign(options, ca && { ca }, cert && { cert }, key && { key });
  if (cluster.skipTLSVerify) options.rejectUnauthorized = false;
  if (cluster.tlsServerName) options.servername = cluster.tlsServerName;
}

async function contentsOf(file: string | undefined, data: string | undefined): Promise<Buffer | undefined> {
  if (file) return readFile(file);
  return data ? Buffer.from(data, 'base64') : undefined;
}

async function addUser(options: RequestOptions, { token, tokenFile, username, password, impersonateUser }: UserEntry): Promise<void> {
  const headers = headersOf(options);
  const bearer = tokenFile ? (await readFile(tokenFile, 'utf8')).trim() : token?.trim();
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  else if (username) headers.Authorization = `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
  if (impersonateUser) headers['Impersonate-User'] = impersonateUser;
}

function headersOf(options: RequestOptions): Record<string, string | undefined> {
  options.headers ??= {};
  return options.headers as Record<string, string | undefined>;
}

/** The rare ways that need the client's whole configuration, which is heavy: proxies, and the providers that preceded plug-ins (OpenID Connect, Google, Azure). */
function createLibrary({ cluster, user }: Access): Add {
  let config: KubeConfig | undefined;
  const load = async (): Promise<KubeConfig> => {
    const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
    const loaded = new KubeConfig();
    // What it need not know was added before.
    const known = { name: user?.name ?? 'anonymous', authProvider: user?.authProvider };
    loaded.loadFromClusterAndUser({ ...cluster, skipTLSVerify: cluster.skipTLSVerify || cluster.server.startsWith('http:') }, known);
    return loaded;
  };
  return async (options) => {
    config ??= await load();
    await config.applyToHTTPSOptions(options);
    // Its agent opens a connection for each request: it is needed only where that goes through a proxy.
    if (!cluster.proxyUrl) delete options.agent;
  };
}

function writtenSecrets({ cluster: { proxyUrl }, user }: Access): string[] {
  const proxyPassword = proxyUrl && URL.canParse(proxyUrl) ? new URL(proxyUrl).password : undefined;
  return [user?.token, user?.password, user?.keyData, proxyPassword].filter((secret): secret is string => typeof secret === 'string' && secret !== '');
}

function unreadable(error: unknown, { context, source }: Access): ConformanceError {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  const fail = (why: string, cause?: unknown) => new ConformanceError('NO_KUBECONFIG', `The credentials of context "${context}" in ${source} cannot be read: ${why}. ${remedy}`, cause === undefined ? {} : { cause });
  if (code === 'ENOENT') return fail(syscall?.startsWith('spawn') ? `their plug-in, the program "${path}", is not installed` : `the file ${path} does not exist`, error);
  // Without a cause: the error quotes what the plug-in printed, and that may be a token.
  if (error instanceof SyntaxError || error instanceof TypeError) return fail('what should print an ExecCredential, or a token, prints something else');
  const said = messageOf(error).trim().replace(/\.$/, '');
  return fail(said === '' ? 'their plug-in failed without a word' : said, error);
}
