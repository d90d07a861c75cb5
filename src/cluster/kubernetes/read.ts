import { ConformanceError } from '../../model/errors.ts';
import type { ApiAnswer } from '../port.ts';
import type { Caller } from './call.ts';
import { redact } from './connection.ts';
import { errorOf, RequestError } from './errors.ts';

const health = '/readyz';

/** A GET of an API path, query included. Rejects where what answered is not the API server, nor any behind it; and with FORBIDDEN where another user's place was to be taken and the caller may not: what came is no answer to that user. */
export async function readPath(caller: Caller, path: string, { as }: { as?: string } = {}): Promise<ApiAnswer> {
  const url = new URL(path, 'http://server');
  const reply = await caller.answer({ method: 'GET', path: url.pathname, query: Object.fromEntries(url.searchParams), ...(as === undefined ? {} : { headers: { 'impersonate-user': as } }) });
  const { status, text } = reply;
  if (path !== health && [502, 503, 504].includes(status) && !(await isThere(caller))) throw errorOf({ ...reply, text: redact(caller.connection, text) });
  const body = parsed(redact(caller.connection, text));
  const { message } = Object(body) as { message?: unknown };
  if (as !== undefined && status === 403 && typeof message === 'string' && /cannot impersonate/.test(message)) {
    throw new ConformanceError('FORBIDDEN', `The account of the kubeconfig may not act as another user, which shows whom the metrics API lets in: ${message}. Let it impersonate serviceaccounts, or leave out traffic-metrics/rbac-scoping.`);
  }
  return { status, body };
}

/** An API whose own server is gone is answered for like an API server that is gone itself. */
async function isThere(caller: Caller): Promise<boolean> {
  try {
    return (await caller.answer({ method: 'GET', path: health })).status < 500;
  } catch (error) {
    if (error instanceof RequestError) return false;
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Whoever reads the answer is told that it is no JSON.
    return undefined;
  }
}
