import { type Api, type ApiAccess, limited, once, openApi } from './api.ts';
import { refused } from './refused.ts';

/** A run of a workflow. A number is never used again, and a later run has a higher one. */
export interface WorkflowRun {
  id: string;
  attempt: string;
}

export interface CommentInput {
  access: ApiAccess;
  /** Number of the pull request. */
  pull: number;
  fork: boolean;
  /** The comment in HTML that finds it again. */
  marker: string;
  run: WorkflowRun;
  /** What it says, without the marker. */
  text: string;
}

export type Commented = { done: 'made' | 'updated'; url: string } | { done: 'newer'; url: string };

/** GitHub takes no comment with more characters; it is counted in bytes, which are never fewer. */
export const commentLimit = 65_536;

/** Makes the comment of this place on a pull request, or brings it up to date. Rejects with GITHUB_REFUSED where the job may not, GITHUB_FAILED for other trouble. */
export async function commentOnPull(input: CommentInput): Promise<Commented> {
  const { access, pull, fork, run } = input;
  const api = openApi(access);
  const repository = { owner: access.owner, repo: access.repo };
  const body = `${input.marker}\n${runMark(run)}\n${input.text}`;
  try {
    const before = await findComment(api, { ...repository, issue_number: pull }, input.marker);
    if (before === undefined) {
      const { data } = await api.rest.issues.createComment({ ...repository, issue_number: pull, body, request: once() });
      return { done: 'made', url: data.html_url };
    }
    if (isNewer(runIn(before.body), run)) return { done: 'newer', url: before.html_url };
    const { data } = await api.rest.issues.updateComment({ ...repository, comment_id: before.id, body, request: limited() });
    return { done: 'updated', url: data.html_url };
  } catch (error) {
    throw refused(error, { failed: 'The pull request got no comment', permission: 'pull-requests', fork, token: access.token.reveal() });
  }
}

interface Found {
  id: number;
  body: string;
  html_url: string;
}

/** Everybody can put the marker into a comment of their own, and could change it after it was written to: only those of the token's own account count. */
async function findComment(api: Api, issue: { owner: string; repo: string; issue_number: number }, marker: string): Promise<Found | undefined> {
  const pages = api.paginate.iterator(api.rest.issues.listComments, { ...issue, per_page: 100, request: limited() });
  let me: Promise<string | undefined> | undefined;
  for await (const { data } of pages) {
    for (const { id, body = '', html_url, user } of data) {
      if (!body.startsWith(marker)) continue;
      if (user?.type === 'Bot') return { id, body, html_url };
      const login = await (me ??= ownLogin(api));
      if (login !== undefined && user?.login === login) return { id, body, html_url };
    }
  }
  return undefined;
}

/** Whose token it is; undefined for that of a workflow, which belongs to an app. */
async function ownLogin(api: Api): Promise<string | undefined> {
  try {
    return (await api.rest.users.getAuthenticated({ request: limited() })).data.login;
  } catch (error) {
    if ((error as { status?: unknown }).status === 403) return undefined;
    throw error;
  }
}

function runMark({ id, attempt }: WorkflowRun): string {
  return `<!-- run ${id} attempt ${attempt} -->`;
}

function runIn(body: string): WorkflowRun | undefined {
  const [, id, attempt] = /^<!-- run (\d{1,20}) attempt (\d{1,9}) -->$/m.exec(body) ?? [];
  return id === undefined || attempt === undefined ? undefined : { id, attempt };
}

/** Runs of two pushes may end in any order, and what the later one said stays. */
function isNewer(there: WorkflowRun | undefined, run: WorkflowRun): boolean {
  if (there === undefined) return false;
  return there.id === run.id ? Number(there.attempt) > Number(run.attempt) : BigInt(there.id) > BigInt(run.id);
}
