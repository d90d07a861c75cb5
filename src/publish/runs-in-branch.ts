import { ConformanceError } from '../model/errors.ts';
import { CommandError } from '../tools/index.ts';
import { openBlobs } from './blobs.ts';
import { type GitOptions, runGit } from './git.ts';
import { bundlePathOf, isBundlePath, runsFolder } from './place.ts';
import type { BundleEntry, Runs } from './read-runs.ts';
import { checkedBranch } from './remote.ts';

/** Every report in the branch of a bare repository on this machine. The stamp is git's own digest. */
export async function runsInBranch(repository: string, branch: string, options: GitOptions): Promise<Runs> {
  const listing = await listed(repository, checkedBranch(branch), options);
  const blobs = openBlobs(repository, options.environment);
  const files = new Map<string, BundleEntry>(listing.map(({ path, id, size }) => [path, { path, size, stamp: id, read: () => blobs.read(id) }]));
  const entries = [...files.values()].filter(({ path }) => !isBundlePath(path)).map((entry) => {
    const bundle = files.get(bundlePathOf(entry.path));
    return bundle === undefined ? entry : { ...entry, bundle };
  });
  return { entries, [Symbol.asyncDispose]: () => blobs.close() };
}

async function listed(repository: string, branch: string, options: GitOptions): Promise<{ path: string; id: string; size: number }[]> {
  try {
    const { stdout } = await runGit(['ls-tree', '-r', '-l', '-z', `refs/heads/${branch}`, '--', `${runsFolder}/`], { ...options, directory: repository });
    return stdout.split('\0').map((line) => /^100(?:644|755) blob ([0-9a-f]+) +(\d+)\t(.*\.json)$/s.exec(line)).filter((match) => match !== null)
      .map(([, id = '', size, path = '']) => ({ path, id, size: Number(size) })).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  } catch (error) {
    if (error instanceof CommandError && /not a valid object name/i.test(error.printed)) {
      throw new ConformanceError('BAD_INPUT', `${repository} has no branch ${branch}. Fetch it, or name the branch that holds the results.`, { cause: error });
    }
    throw error;
  }
}
