import { type ApiAccess, once, openApi } from './api.ts';
import { refused } from './refused.ts';

export type Conclusion = 'success' | 'failure' | 'neutral' | 'cancelled';

export interface CheckInput {
  access: ApiAccess;
  fork: boolean;
  name: string;
  /** The commit that it is about. */
  commit: string;
  conclusion: Conclusion;
  /** The id of the run. */
  run: string;
  startedAt: string;
  endedAt: string;
  /** Where its details are: the run of the workflow. */
  url: string;
  title: string;
  /** Below 65,535 characters. */
  text: string;
}

/** The check's own page takes no longer text. */
export const checkLimit = 65_535;

/** Adds a check with its conclusion to a commit. Returns its address. Rejects with GITHUB_REFUSED where the job may not, GITHUB_FAILED for other trouble. */
export async function setCheck({ access, fork, name, commit, conclusion, run, startedAt, endedAt, url, title, text }: CheckInput): Promise<string> {
  try {
    const { data } = await openApi(access).rest.checks.create({
      owner: access.owner, repo: access.repo, name, head_sha: commit, status: 'completed', conclusion, external_id: run, details_url: url,
      started_at: startedAt, completed_at: endedAt, output: { title, summary: text }, request: once(),
    });
    return data.html_url ?? url;
  } catch (error) {
    throw refused(error, { failed: 'The commit got no check', permission: 'checks', fork, token: access.token.reveal() });
  }
}

/** What a check says of a run: what fails the step by `fail_on` fails it; a run that states no compliance, or whose failures were to be let through, neither passes nor fails it. */
export function conclusionOf(status: number, result: 'passed' | 'failed' | 'incomplete'): Conclusion {
  if (status === 130 || status === 143) return 'cancelled';
  if (status !== 0) return 'failure';
  return result === 'passed' ? 'success' : 'neutral';
}
