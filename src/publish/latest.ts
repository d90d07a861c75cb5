import { CommandError } from '../tools/index.ts';
import { fetchTip } from './branch.ts';
import { openGit } from './git.ts';
import { bundlePathOf, isBundlePath, meshFolder } from './place.ts';
import { refused } from './refused.ts';
import { checkedBranch, defaultBranch, type Destination, remoteOf } from './remote.ts';
import { troubleOf } from './trouble.ts';

export type LatestOptions = Destination & {
  meshId: string;
  /** `smi-conformance` where absent. */
  branch?: string;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
};

export interface LatestRun {
  path: string;
  report: Uint8Array;
  bundle?: Uint8Array;
}

/** The newest run of a mesh in a results branch, for a baseline; undefined where there is none. Fetches that one file. Rejects as `publish` does. */
export async function fetchLatest(options: LatestOptions): Promise<LatestRun | undefined> {
  const { environment, signal, meshId, branch = defaultBranch } = options;
  const remote = remoteOf(options);
  checkedBranch(branch);
  await using git = await openGit(remote, { environment, signal });
  try {
    const tip = await fetchTip(git, branch);
    const path = newestOf([...(tip?.files.keys() ?? [])], meshFolder(meshId));
    if (tip === undefined || path === undefined) return undefined;
    const read = async (file: string): Promise<Uint8Array> => Buffer.from((await git.run(['cat-file', 'blob', tip.files.get(file) ?? ''])).stdout);
    const bundlePath = bundlePathOf(path);
    return { path, report: await read(path), ...(tip.files.has(bundlePath) && { bundle: await read(bundlePath) }) };
  } catch (error) {
    throw error instanceof CommandError ? refused(troubleOf(error), remote, branch) : error;
  }
}

/** Names begin with the date, so the greatest is the newest, whatever the versions in the folders above. */
function newestOf(paths: readonly string[], folder: string): string | undefined {
  const runs = paths.filter((path) => path.startsWith(`${folder}/`) && path.endsWith('.json') && !isBundlePath(path));
  return runs.reduce<string | undefined>((newest, path) => (newest === undefined || nameOf(path) > nameOf(newest) ? path : newest), undefined);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
