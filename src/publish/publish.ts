import { setTimeout as wait } from 'node:timers/promises';
import { ConformanceError } from '../model/errors.ts';
import { cancelled, CommandError } from '../tools/index.ts';
import { commit, fetchTip, idOf, push, type Tip } from './branch.ts';
import { type Git, openGit } from './git.ts';
import { isBundlePath, runsFolder } from './place.ts';
import { filesOf, type RunFiles } from './run-files.ts';
import { refused } from './refused.ts';
import { checkedBranch, defaultBranch, type Destination, type Remote, remoteOf } from './remote.ts';
import { type Trouble, troubleOf } from './trouble.ts';

export interface PublishLimits {
  /** Bytes of one report. */
  reportBytes: number;
  /** Bytes of one bundle. */
  bundleBytes: number;
  /** Runs in one branch. */
  runs: number;
  /** How often another writer may be quicker. */
  conflicts: number;
  /** How often the line may break. */
  breaks: number;
}

export const usualLimits: PublishLimits = { reportBytes: 4 * 1024 ** 2, bundleBytes: 1024 ** 2, runs: 10_000, conflicts: 60, breaks: 4 };

export type PublishOptions = Destination & {
  /** The bytes of `report.json`, as they were signed. */
  report: Uint8Array;
  /** The bytes of its Sigstore bundle. */
  bundle?: Uint8Array;
  /** `smi-conformance` where absent. */
  branch?: string;
  /** What git may see of it is chosen here. */
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  log(line: string): void;
  limits?: Partial<PublishLimits>;
};

export interface Published {
  /** Path of the report in the branch. */
  path: string;
  /** The commit that has it. */
  commit: string;
  /** False where an earlier call had published the same. */
  added: boolean;
}

/**
 * Adds one run to the results branch, and makes the branch where there is none. Nothing in it is ever changed. Rejects with NOT_PUBLISHABLE where
 * the report must not count or the branch has another one in its place, PUBLISH_REFUSED where the repository does not allow it (the message says which lines to add),
 * PUBLISH_FAILED for other trouble of the remote, BAD_INPUT, TOOL_UNAVAILABLE without git, and CANCELLED. None of them loses the report: its file stays where it is.
 */
export async function publish(options: PublishOptions): Promise<Published> {
  const { environment, signal, branch = defaultBranch } = options;
  const limits = { ...usualLimits, ...options.limits };
  const remote = remoteOf(options);
  checkedBranch(branch);
  const files = filesOf(options, limits);
  await using git = await openGit(remote, { environment, signal });
  return await add({ git, remote, branch, files, limits }, options);
}

interface Work {
  git: Git;
  remote: Remote;
  branch: string;
  files: RunFiles;
  limits: PublishLimits;
}

/** Adds the files to the newest state of the branch, again and again until nobody was quicker. */
async function add(work: Work, { signal, log }: Pick<PublishOptions, 'signal' | 'log'>): Promise<Published> {
  const { remote, branch, files, limits } = work;
  for (let conflicts = 0, breaks = 0; ; ) {
    const outcome = await tryToAdd(work, `refs/heads/attempt-${conflicts + breaks}`);
    if ('commit' in outcome) return { path: files.path, ...outcome };
    const conflict = outcome.kind === 'conflict';
    if (conflict ? ++conflicts > limits.conflicts : outcome.kind !== 'transient' || ++breaks > limits.breaks) throw refused(outcome, remote, branch);
    log(conflict ? `another result came to ${branch} first: trying again` : `${remote.name} cannot be reached (${outcome.said}): trying again`);
    await pause(conflict ? conflicts : breaks + firstBreak, signal);
  }
}

async function tryToAdd({ git, remote, branch, files, limits }: Work, ref: string): Promise<{ commit: string; added: boolean } | Trouble> {
  try {
    const tip = await fetchTip(git, branch);
    const missing = await missingIn(tip, git, files);
    if (tip !== undefined && missing.size === 0) return { commit: tip.commit, added: false };
    checkGrowth(tip, branch, limits);
    const made = await commit(git, ref, {
      parent: tip?.commit,
      message: `${files.title}\n`,
      author: remote.onGitHub ? workflowAuthor : ownAuthor,
      at: files.at,
      files: tip === undefined ? new Map([['README.md', readme], ...missing]) : missing,
    });
    return (await push(git, made, branch)) ?? { commit: made, added: true };
  } catch (error) {
    if (error instanceof CommandError) return troubleOf(error);
    throw error;
  }
}

/** What the branch lacks of a run. A call whose answer was lost on the way back finds everything there. */
async function missingIn(tip: Tip | undefined, git: Git, { contents }: RunFiles): Promise<Map<string, string>> {
  const missing = new Map<string, string>();
  for (const [path, text] of contents) {
    const there = tip?.files.get(path);
    if (there === undefined) missing.set(path, text);
    else if (there !== (await idOf(git, text))) throw new ConformanceError('NOT_PUBLISHABLE', `${path} is in the results branch already, with other contents. What is published stays as it is: run the suite again for a result of its own.`);
  }
  return missing;
}

function checkGrowth(tip: Tip | undefined, branch: string, { runs }: PublishLimits): void {
  const there = [...(tip?.files.keys() ?? [])].filter((path) => path.startsWith(`${runsFolder}/`) && !isBundlePath(path)).length;
  if (there < runs) return;
  throw new ConformanceError('PUBLISH_REFUSED', `The branch ${branch} has ${there} runs, and more than ${runs} make it slow to fetch. Begin another one: publish_branch: ${branch}-2`);
}

/** Between tries: twice as long each time, up to a limit, and not for all writers the same. */
async function pause(failures: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** failures), undefined, { signal });
  } catch {
    throw cancelled(signal);
  }
}
const firstPauseMs = 50;
const longestPauseMs = 5_000;
/** A line that broke needs longer than a writer that was quicker. */
const firstBreak = 4;

const workflowAuthor = 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>';
const ownAuthor = 'smi-conformance <smi-conformance@users.noreply.github.com>';

const readme = `# Results of SMI conformance

Each file below \`${runsFolder}/\` is the report of one run, as it was signed: \`${runsFolder}/<mesh>/<mesh version>/<Kubernetes version>/<date>-<run id>.json\`,
with its Sigstore bundle beside it. Files are added and never changed. \`smi-conformance report site\` makes pages of them.
`;
