import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { type Cluster as ClusterEntry, type Context, newClusters, newContexts, newUsers, type User } from '@kubernetes/client-node/dist/config_types.js';
import { load } from 'js-yaml';
import { ConformanceError, messageOf } from '../../model/errors.ts';

/** What a kubeconfig's current context leads to. */
export interface Access {
  /** Where this came from, for messages. */
  source: string;
  context: string;
  cluster: ClusterEntry;
  user: UserEntry | undefined;
}

/** The library's, with the field for a file that holds the token and is written anew from time to time. */
export type UserEntry = User & { tokenFile?: string };

interface Entries {
  clusters: ClusterEntry[];
  users: UserEntry[];
  contexts: Context[];
  currentContext: string | undefined;
}

export const remedy = 'Give the path of a kubeconfig that works with `kubectl` by the input `kubeconfig`.';

/** Reads one kubeconfig, or several (see `KubernetesOptions`), merged as kubectl does: those that do not exist are left out, and the first to set something wins. Throws NO_KUBECONFIG. */
export function readKubeconfig(list: string): Access {
  const paths = list.split(delimiter).filter((path) => path !== '');
  if (paths.length === 0) throw new ConformanceError('NO_KUBECONFIG', `The path of the kubeconfig is empty. ${remedy}`);
  const present = paths.length > 1 ? paths.filter((path) => existsSync(path)) : paths;
  if (present.length === 0) throw new ConformanceError('NO_KUBECONFIG', `None of the kubeconfigs ${list} exists. ${remedy}`);
  return currentOf(present.map(readFile), list);
}

/** Where kubectl looks by itself. */
export function defaultKubeconfig(): string {
  return join(homedir(), '.kube', 'config');
}

function readFile(path: string): Entries {
  const text = contentsOf(path);
  try {
    const file = load(text) as Record<string, unknown>;
    const entries = { clusters: newClusters(file['clusters']), users: newUsers(file['users']), contexts: newContexts(file['contexts']) };
    const tokenFiles = new Map((file['users'] as { name: string; user?: { tokenFile?: string } }[] | undefined)?.map(({ name, user }) => [name, user?.tokenFile]));
    return absolute({ ...entries, users: entries.users.map((user) => withTokenFile(user, tokenFiles.get(user.name))), currentContext: file['current-context'] as string | undefined }, dirname(path));
  } catch (error) {
    // Without a cause: the parser's error quotes lines of the file, and those may hold a token.
    throw new ConformanceError('NO_KUBECONFIG', `${path} is not a kubeconfig: ${whyUnparsable(error)}. ${remedy}`);
  }
}

function withTokenFile(user: User, tokenFile: string | undefined): UserEntry {
  return tokenFile === undefined ? user : { ...user, tokenFile };
}

/** Paths in a kubeconfig are meant from where it lies. */
function absolute({ clusters, users, contexts, currentContext }: Entries, folder: string): Entries {
  const from = <Key extends string>(key: Key, path: string | null | undefined) => (path ? ({ [key]: resolve(folder, path) } as Record<Key, string>) : {});
  return {
    clusters: clusters.map((entry) => ({ ...entry, ...from('caFile', entry.caFile) })),
    users: users.map((entry) => ({ ...entry, ...from('certFile', entry.certFile), ...from('keyFile', entry.keyFile), ...from('tokenFile', entry.tokenFile), ...(entry.exec && { exec: withAbsoluteCommand(entry.exec, folder) }) })),
    contexts,
    currentContext,
  };
}

/** A bare name is looked for in PATH. */
function withAbsoluteCommand(exec: { command?: string }, folder: string): unknown {
  return exec.command !== undefined && /[\\/]/.test(exec.command) ? { ...exec, command: resolve(folder, exec.command) } : exec;
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
  return error instanceof TypeError ? 'it does not hold clusters, users and contexts as it should' : messageOf(error);
}

function currentOf(files: Entries[], source: string): Access {
  const fail = (what: string): never => {
    throw new ConformanceError('NO_KUBECONFIG', `${source} ${what}. ${remedy}`);
  };
  const named = <T extends { name: string }>(entries: T[], wanted: string | undefined): T | undefined => entries.find(({ name }) => name === wanted);
  const current = files.find(({ currentContext }) => currentContext)?.currentContext;
  if (!current) return fail('has no current context (`kubectl config use-context` sets one)');
  const context = named(files.flatMap(({ contexts }) => contexts), current);
  if (!context) return fail(`has no context "${current}", which it names as the current one`);
  const cluster = named(files.flatMap(({ clusters }) => clusters), context.cluster);
  if (!cluster) return fail(`has no cluster "${context.cluster}", which its current context "${current}" names`);
  const user = named(files.flatMap(({ users }) => users), context.user);
  if (context.user && !user) return fail(`has no user "${context.user}", which its current context "${current}" names`);
  if (!URL.canParse(cluster.server) || !/^https?:$/.test(new URL(cluster.server).protocol)) return fail(`gives cluster "${cluster.name}" a server that is no URL`);
  return { source, context: current, cluster, user };
}
