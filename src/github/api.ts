import { retry } from '@octokit/plugin-retry';
import { getOctokit } from '@actions/github';
import type { Secret } from '../provider/secret.ts';

/** GitHub's API for one repository, as the job's token may use it. */
export interface ApiAccess {
  /** `https://api.github.com` */
  url: string;
  token: Secret;
  owner: string;
  repo: string;
  /** Milliseconds of the first pause before a question is asked again; the next are 4 and 9 times as long. */
  pauseMs?: number;
}

export type Api = ReturnType<typeof getOctokit>;

/** The client. What only reads, or may be done twice, is tried again when GitHub or the line fails; what adds something is not (`once`). */
export function openApi({ url, token, pauseMs = 1000 }: ApiAccess): Api {
  return getOctokit(token.reveal(), { baseUrl: url, userAgent: 'smi-conformance', retry: { retryAfterBaseValue: pauseMs } }, retry);
}

/** How one call is made: within a limit, since a courtesy must not hold up a job. */
export function limited(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(callMs) };
}

/** The same for what would be there twice if an answer was lost and it was tried again. */
export function once(): { signal: AbortSignal; retries: 0 } {
  return { ...limited(), retries: 0 };
}

const callMs = 60_000;
