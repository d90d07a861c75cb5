import { ConformanceError, type ErrorCode } from '../model/errors.ts';
import type { Remote } from './remote.ts';
import type { Trouble, TroubleKind } from './trouble.ts';

/** The error of a result that could not be published: what refused, its own words, and the lines that would change it. */
export function refused({ kind, said, cause }: Trouble, remote: Remote, branch: string): ConformanceError {
  const text = `The result was not published to the branch ${branch} of ${remote.name}. ${(remote.onGitHub ? onGitHub : elsewhere)[kind](branch)} It said: ${withoutSecrets(said, remote.secrets)}`;
  // The cause holds all that git printed: nothing of a credential, as long as there is none to print.
  return new ConformanceError(codes[kind], text, remote.secrets.some((secret) => cause.printed.includes(secret)) ? {} : { cause });
}

type Advice = Record<TroubleKind, (branch: string) => string>;

const codes: Record<TroubleKind, ErrorCode> = {
  conflict: 'PUBLISH_FAILED',
  transient: 'PUBLISH_FAILED',
  other: 'PUBLISH_FAILED',
  protected: 'PUBLISH_REFUSED',
  forbidden: 'PUBLISH_REFUSED',
  'unknown-user': 'PUBLISH_REFUSED',
  missing: 'PUBLISH_REFUSED',
};

const again = 'The report is kept: publish it again later.';

const common: Pick<Advice, 'conflict' | 'transient' | 'other'> = {
  conflict: () => `Other writers were quicker each time. ${again}`,
  transient: () => `The repository could not be reached. ${again}`,
  other: () => `Git failed. Mend what it names. ${again}`,
};

const onGitHub: Advice = {
  ...common,
  forbidden: () => `The token may not write to the repository. Add to the job:
    permissions:
      contents: write
For a pull request from a fork GitHub gives no token that may: publish from a run on the default branch.`,
  protected: (branch) => `A rule protects the branch (Settings → Rules, or Branches). Leave ${branch} out of the rule, or let this workflow's token pass it; or choose a branch that no rule covers:
    with:
      publish_branch: ${branch}-results`,
  'unknown-user': () => `The token was not accepted; it may have expired. Give the workflow's own:
    with:
      github_token: \${{ github.token }}`,
  missing: () => `The token does not see such a repository. Add to the job:
    permissions:
      contents: write
and give the workflow's own token:
    with:
      github_token: \${{ github.token }}`,
};

const elsewhere: Advice = {
  ...common,
  forbidden: () => 'You may not write there. Ask for the right to push, or publish to a repository of your own.',
  protected: (branch) => `A rule or a hook refuses it. Let ${branch} be pushed to, or choose another branch:
    publish_branch: ${branch}-results`,
  'unknown-user': () => 'Git has no credentials for it. Set up a credential helper or an SSH key, so that git push works there.',
  missing: () => 'There is no repository. Name one by its URL or path, or make it: git init --bare PATH',
};

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
