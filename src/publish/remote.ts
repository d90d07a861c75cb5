import { ConformanceError } from '../model/errors.ts';
import { isLoopback } from '../tools/secure-address.ts';

export const defaultBranch = 'smi-conformance';

export interface GitHubRepository {
  owner: string;
  repo: string;
  /** Needs `contents: write` for publishing. */
  token: string;
  /** `https://github.com` where absent. */
  serverUrl?: string;
}

/** Where results go: a URL or path as `git push` takes it, with the credentials that git itself finds; or a repository on GitHub, with a token. */
export type Destination = { remote: string } | { github: GitHubRepository };

/** A destination as git is told of it. */
export interface Remote {
  url: string;
  /** For messages: `octo/mesh`, or the URL. */
  name: string;
  onGitHub: boolean;
  /** What no message may show. */
  secrets: string[];
  /** Settings of git, which reach it by its environment: arguments can be read by every process of the machine. */
  settings: [name: string, value: string][];
}

/** Throws BAD_INPUT where a destination is none, or has its password in the URL. */
export function remoteOf(destination: Destination): Remote {
  return 'github' in destination ? gitHub(destination.github) : plainRemote(destination.remote);
}

/** Throws BAD_INPUT where git would refuse the name of a branch, or take it for an option. */
export function checkedBranch(branch: string): string {
  const bad = !/^[\w][\w./+-]*$/.test(branch) || /\.\.|\/\/|\/\.|\.\/|\.lock(\/|$)|[./]$/.test(branch) || branch === 'HEAD' || branch.length > 200;
  if (bad) throw new ConformanceError('BAD_INPUT', `publish_branch ${JSON.stringify(branch)} is no name for a branch. Use letters, digits, ".", "_", "-" and "/", such as ${defaultBranch}.`);
  return branch;
}

function gitHub({ owner, repo, token, serverUrl = 'https://github.com' }: GitHubRepository): Remote {
  const name = `${owner}/${repo}`;
  if (!/^[\w.-]+\/[\w.-]+$/.test(name) || /(^|\/)\.+(\/|$)/.test(name)) throw new ConformanceError('BAD_INPUT', `${JSON.stringify(name)} is no repository on GitHub. Name it as owner/name.`);
  if (token === '' || /\s/.test(token)) throw new ConformanceError('BAD_INPUT', 'github_token is empty, or has white space in it. Give the token of the workflow: github_token: ${{ github.token }}');
  const server = new URL(serverUrl);
  if (server.protocol !== 'https:' && !isLoopback(server.hostname)) throw new ConformanceError('BAD_INPUT', `The token is not sent to ${server.origin}: only https keeps it secret. Name the server by https.`);
  const url = `${server.origin}${server.pathname.replace(/\/$/, '')}/${name}.git`;
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  const header = `http.${url}.extraheader`;
  return {
    url,
    name,
    onGitHub: true,
    secrets: [token, basic],
    settings: [
      // Empty first: a header that a checkout left in the user's settings would be sent as well, and two are refused.
      [header, ''],
      [header, `Authorization: Basic ${basic}`],
      ['credential.helper', ''],
      // A header follows a redirect to wherever it leads.
      ['http.followRedirects', 'false'],
    ],
  };
}

function plainRemote(remote: string): Remote {
  if (remote === '' || remote.startsWith('-')) throw new ConformanceError('BAD_INPUT', `${JSON.stringify(remote)} is no repository. Give a URL or a path as git push takes it.`);
  const url = URL.canParse(remote) ? new URL(remote) : undefined;
  if (url && /^https?:$/.test(url.protocol) && (url.username !== '' || url.password !== '')) {
    throw new ConformanceError('BAD_INPUT', `The URL of the repository at ${url.host} has a user or a password in it, which other processes could read. Leave them out, and let git's credential helper give them.`);
  }
  return { url: remote, name: remote, onGitHub: false, secrets: [], settings: [] };
}
