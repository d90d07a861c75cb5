import { CommandError } from '../tools/index.ts';
import type { Git } from './git.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/** The branch as the remote has it. */
export interface Tip {
  commit: string;
  /** The id of each file's contents, by path. */
  files: Map<string, string>;
}

const tipRef = 'refs/remotes/origin/tip';

/** Fetches folders and commit of the newest state, without the files: however many runs there are, a new one costs the same. Undefined where the remote has no such branch. */
export async function fetchTip(git: Git, branch: string): Promise<Tip | undefined> {
  try {
    await git.run(['fetch', '--quiet', '--no-tags', '--depth=1', '--filter=blob:none', 'origin', `+refs/heads/${branch}:${tipRef}`]);
  } catch (error) {
    if (error instanceof CommandError && /couldn't find remote ref/i.test(error.printed)) return undefined;
    throw error;
  }
  const commit = (await git.run(['rev-parse', '--verify', `${tipRef}^{commit}`])).stdout.trim();
  const listing = (await git.run(['ls-tree', '-r', '-z', commit])).stdout;
  return { commit, files: new Map(listing.split('\0').filter((line) => line !== '').map(entryOf)) };
}

function entryOf(line: string): [path: string, id: string] {
  const tab = line.indexOf('\t');
  return [line.slice(tab + 1), line.slice(0, tab).split(' ')[2] ?? ''];
}

/** The id that git gives these contents. */
export async function idOf(git: Git, contents: string): Promise<string> {
  return (await git.run(['hash-object', '--stdin'], contents)).stdout.trim();
}

export interface NewCommit {
  parent: string | undefined;
  message: string;
  author: string;
  /** Seconds since 1970. */
  at: number;
  files: Map<string, string>;
}

/** Makes a commit that adds files to its parent's. Only folders on the way are read. */
export async function commit(git: Git, ref: string, { parent, message, author, at, files }: NewCommit): Promise<string> {
  const lines = [
    'feature done',
    `commit ${ref}`,
    `committer ${author} ${at} +0000`,
    data(message),
    ...(parent === undefined ? [] : [`from ${parent}`]),
    ...[...files].map(([path, contents]) => `M 100644 inline ${path}\n${data(contents)}`),
    'done',
  ];
  await git.run(['fast-import', '--quiet', '--date-format=raw'], `${lines.join('\n')}\n`);
  return (await git.run(['rev-parse', '--verify', ref])).stdout.trim();
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

/** Pushes a commit, if the branch is still where it was. Undefined when it is there; else why not. */
export async function push(git: Git, commitId: string, branch: string): Promise<Trouble | undefined> {
  try {
    // A thin pack would fetch old files only to write the new ones as differences from them.
    await git.run(['push', '--porcelain', '--no-thin', 'origin', `${commitId}:refs/heads/${branch}`]);
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return troubleOf(error);
    throw error;
  }
}
