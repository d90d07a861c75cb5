import { ConformanceError, messageOf } from '../model/errors.ts';

/** Something that a job may be allowed to do at GitHub. */
export interface Wish {
  /** What did not happen, as a sentence without its end: `The pull request got no comment`. */
  failed: string;
  /** The line of `permissions` that allows it. */
  permission: string;
  /** The workflow runs for a pull request from a fork. */
  fork: boolean;
  token: string;
}

/**
 * What is told of a refusal. GITHUB_REFUSED where the job may not do it, with the lines that would change that: nobody asked for it by name, so it is no
 * mistake. GITHUB_FAILED for everything else.
 */
export function refused(error: unknown, { failed, permission, fork, token }: Wish): ConformanceError {
  const { status } = error as { status?: unknown };
  const said = messageOf(error).replaceAll(token, '[hidden]').replaceAll(/\s+/g, ' ').slice(0, mostSaid);
  const answer = typeof status === 'number' && status >= 400 ? `${status}: ${said}` : said;
  const options = { cause: error };
  if (status === 401) return new ConformanceError('GITHUB_FAILED', `${failed}: GitHub did not accept the token (${answer}). Give the workflow's own:\n    with:\n      github_token: \${{ github.token }}`, options);
  if (status !== 403 || /rate limit|abuse/i.test(said)) return new ConformanceError('GITHUB_FAILED', `${failed} (${answer}). The report is not touched by that; the next run tries again.`, options);
  if (fork) return new ConformanceError('GITHUB_REFUSED', `${failed}: GitHub gives the workflow of a pull request from a fork no token that may write (${answer}). The job summary has the same.`, options);
  return new ConformanceError('GITHUB_REFUSED', `${failed}: this job's token may not do that (${answer}). To have it, add to the job, with its other permissions below, since GitHub then gives no more than is written there:\n    permissions:\n      ${permission}: write`, options);
}

const mostSaid = 300;
