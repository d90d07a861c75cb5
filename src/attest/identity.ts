import type { Accounts, WorkflowAccount } from './accounts.ts';
import { refMatches } from './accounts.ts';
import { githubIssuer, type WorkflowIdentity } from './certificate.ts';
import { hintOf } from './key.ts';
import { robotsOf } from './robots.ts';
import type { SignedBy } from './signature.ts';

/** Whose signature is expected. */
export interface ExpectedIdentity {
  /** `octo/mesh` */
  repository: string;
  /** `conformance.yml`, `.github/workflows/conformance.yml`, or `owner/name/.github/workflows/x.yml` for a reusable workflow. */
  workflow: string;
}

export interface Outcome {
  ok: boolean;
  detail: string;
}

const server = 'https://github.com';

/** Whether it is the expected one who signed. Without an expectation the list of accounts has to know the signer; one of the two is needed. */
export function checkIdentity(by: SignedBy, { identity, given, listed }: { identity: ExpectedIdentity | undefined; /** The caller named the key. */ given: boolean; listed: boolean }): Outcome {
  if (by.kind === 'key') {
    if (identity !== undefined) return { ok: false, detail: `signed with the key ${by.hint}, not by a workflow of ${identity.repository}` };
    return given || listed ? { ok: true, detail: `signed with the key ${by.hint}` } : { ok: false, detail: 'nobody is named whose signature would count' };
  }
  const { issuer, subject, repository } = by.identity;
  const signed = `signed by ${subject}${repository === repositoryOf(subject) ? '' : `, run by ${repository}`}`;
  if (issuer !== githubIssuer) return { ok: false, detail: `${signed}, an identity of ${issuer}: only GitHub's (${githubIssuer}) are known here` };
  if (given) return { ok: false, detail: `${signed}, not with the key that is given` };
  if (identity === undefined) return listed ? { ok: true, detail: signed } : { ok: false, detail: `${signed}, and nobody is named whose signature would count: use --repo and --workflow` };
  if (!isBy(by.identity, identity)) return { ok: false, detail: `${signed}, not by ${identity.workflow} of ${identity.repository}` };
  return { ok: true, detail: signed };
}

/** Whether the signer may publish results for a mesh. */
export function checkAccount(by: SignedBy, mesh: string, accounts: Accounts): Outcome {
  const { meshes } = accounts;
  const { workflows = [], robots = [] } = (Object.hasOwn(meshes, mesh) ? meshes[mesh] : undefined) ?? {};
  if (workflows.length + robots.length === 0) return { ok: false, detail: `nobody has enrolled for ${mesh}, so that no signature counts as the mesh's own: its maintainers enrol by a pull request that adds them to accounts/accounts.yaml (docs/signing.md); a list of your own is named with --accounts` };
  if (by.kind === 'key') {
    const robot = robotsOf(accounts).find((one) => one.mesh === mesh && hintOf(one.key) === by.hint);
    return robot === undefined ? { ok: false, detail: `the key ${by.hint} is no account of ${mesh}` } : { ok: true, detail: `${robot.name} may publish for ${mesh}` };
  }
  const { identity } = by;
  const account = workflows.find((one) => isAccount(identity, one));
  if (account !== undefined) return { ok: true, detail: `${account.workflow} of ${account.repository} may publish for ${mesh}` };
  const near = workflows.find((one) => isBy(identity, one));
  if (near === undefined) return { ok: false, detail: `${identity.subject}, run by ${identity.repository}, is no account of ${mesh}` };
  const why = identity.repositoryId === String(near.repositoryId) ? `on ${identity.ref}, and may publish from ${near.refs.join(', ')} only` : `in the repository ${identity.repositoryId}, and enrolled was ${near.repositoryId}`;
  return { ok: false, detail: `${near.workflow} of ${near.repository} ran ${why}` };
}

function isAccount(identity: WorkflowIdentity, account: WorkflowAccount): boolean {
  return isBy(identity, account) && identity.repositoryId === String(account.repositoryId) && refMatches(identity.ref, account.refs) && signedOn(identity, account);
}

/** A workflow of the repository itself runs on the branch that it was read from; a reusable one has a ref of its own. */
function signedOn({ subject, ref }: WorkflowIdentity, { workflow }: WorkflowAccount): boolean {
  return !workflow.startsWith('.github/') || subject.endsWith(`@${ref}`);
}

function isBy({ repository, subject }: WorkflowIdentity, expected: ExpectedIdentity): boolean {
  return repository === `${server}/${expected.repository}` && subject.startsWith(`${server}/${pathOf(expected)}@`);
}

function pathOf({ repository, workflow }: ExpectedIdentity): string {
  if (workflow.startsWith('.github/')) return `${repository}/${workflow}`;
  return workflow.includes('/') ? workflow : `${repository}/.github/workflows/${workflow}`;
}

function repositoryOf(subject: string): string {
  return subject.split('/').slice(0, 5).join('/');
}
