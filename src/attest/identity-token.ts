import { setTimeout as wait } from 'node:timers/promises';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { keepsSecrets } from '../tools/secure-address.ts';

/** What GitHub gives a job that has `id-token: write`: `ACTIONS_ID_TOKEN_REQUEST_URL` and `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
export interface OidcRequest {
  url: string;
  token: string;
}

export interface IdentityToken {
  /** The JWT. It must not be shown: for some minutes whoever has it is the workflow. */
  text: string;
  /** Seconds since 1970 by GitHub's clock. */
  issuedAt: number | undefined;
}

export interface AskLimits {
  retries: number;
  pauseMs: number;
  timeoutMs: number;
}

/** Asks GitHub who this job is, for Sigstore to certify. Rejects with SIGNING_FAILED. */
export async function identityToken({ url, token }: OidcRequest, { retries, pauseMs, timeoutMs }: AskLimits): Promise<IdentityToken> {
  const address = addressOf(url);
  for (let attempt = 0; ; attempt++) {
    const answer = await ask(address, token, timeoutMs);
    if ('text' in answer) return answer;
    if (!answer.again || attempt >= retries) throw new ConformanceError('SIGNING_FAILED', `GitHub did not say who this job is (${address.host}: ${answer.why}). ${whatToDo}`);
    await wait(pauseMs * 2 ** attempt);
  }
}

const whatToDo = 'See that the job has the permission id-token: write, and run it again.';

type Answer = IdentityToken | { why: string; again: boolean };

async function ask(address: URL, token: string, timeoutMs: number): Promise<Answer> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json', authorization: `Bearer ${token}` },
      // The token would follow a redirect to wherever it leads.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = await response.text();
    if (!response.ok) return { why: `status ${response.status}`, again: response.status >= 500 || response.status === 408 || response.status === 429 };
    return tokenIn(body) ?? { why: 'its answer holds no identity token', again: false };
  } catch (error) {
    // fetch says "failed", and what lies behind it says why.
    const { cause } = error as { cause?: { message?: unknown } };
    return { why: (typeof cause?.message === 'string' ? cause.message : messageOf(error)).replaceAll(token, '[hidden]'), again: true };
  }
}

/** The signing library quotes a token that it cannot read, so it gets none that cannot be read. */
function tokenIn(body: string): IdentityToken | undefined {
  const { value } = (parsed(body) ?? {}) as { value?: unknown };
  if (typeof value !== 'string') return undefined;
  const claims = parsed(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString('utf8')) as { sub?: unknown; iat?: unknown } | undefined;
  if (typeof claims?.sub !== 'string' || claims.sub === '') return undefined;
  return { text: value, issuedAt: typeof claims.iat === 'number' ? claims.iat : undefined };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !keepsSecrets(address)) throw new ConformanceError('SIGNING_FAILED', `The address at which this job may ask for its identity is no https URL. ${whatToDo}`);
  address.searchParams.set('audience', 'sigstore');
  return address;
}
