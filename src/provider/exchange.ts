import type { Scrubber } from './scrub.ts';
import { scrubbedCauses, UploadTrouble } from './trouble.ts';

export type Fetch = typeof globalThis.fetch;

export interface Message {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** What came of one request. `date` is the provider's clock and `afterMs` how long it asks to be left alone. */
export type Answer =
  | { status: number; text: string; date?: number; afterMs?: number }
  /** Nothing that can be used came back: why. */
  | { status: 'none'; why: string };

export interface Line {
  fetch: Fetch;
  scrubber: Scrubber;
  /** Milliseconds for the whole answer, its body included. */
  limitMs: number;
  signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
}

const mostRedirects = 3;
const mostBytes = 1024 * 1024;

/**
 * Sends one request and reads its answer within its limits. Redirects are followed within the same origin only, and only where the request stays
 * what it is. Rejects with `UploadTrouble` where one leads elsewhere, and with the signal's reason where that is aborted.
 */
export async function exchange(message: Message, line: Line): Promise<Answer> {
  const limit = AbortSignal.timeout(Math.max(1, Math.ceil(line.limitMs)));
  try {
    let { url } = message;
    for (let redirects = 0; ; redirects += 1) {
      const response = await line.fetch(url, { method: message.method, headers: message.headers, ...(message.body === undefined ? {} : { body: message.body }), redirect: 'manual', signal: AbortSignal.any([line.signal, limit]) });
      const next = redirectOf(response, url, message.method);
      if (next === undefined) return await read(response, line);
      await response.body?.cancel();
      if (redirects === mostRedirects) return { status: 'none', why: 'it redirects without end' };
      url = next;
    }
  } catch (error) {
    line.signal.throwIfAborted();
    if (error instanceof UploadTrouble) throw error;
    return { status: 'none', why: limit.aborted ? `no whole answer in ${Math.ceil(line.limitMs / 100) / 10} s` : scrubbedCauses(error, line.scrubber) };
  }
}

function redirectOf(response: Response, from: string, method: Message['method']): string | undefined {
  const location = response.headers.get('location');
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return undefined;
  const to = URL.parse(location, from);
  const here = new URL(from).origin;
  if (to === null || to.origin !== here) {
    throw new UploadTrouble(`${here} redirects to ${to === null ? 'an address that cannot be read' : to.origin}. The token was not sent there: if that is the provider's new address, write it as provider_url`);
  }
  // Any other redirect turns a POST into a GET, which stores nothing.
  return method === 'GET' || response.status >= 307 ? to.href : undefined;
}

async function read(response: Response, { now }: Line): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) return { status: 'none', why: 'its answer is longer than 1 MiB' };
    chunks.push(chunk);
  }
  const date = Date.parse(response.headers.get('date') ?? '');
  const afterMs = afterOf(response.headers.get('retry-after'), Number.isNaN(date) ? now() : date);
  return { status: response.status, text: Buffer.concat(chunks).toString('utf8'), ...(Number.isNaN(date) ? {} : { date }), ...(afterMs === undefined ? {} : { afterMs }) };
}

/** `Retry-After` is a number of seconds, or a date by the provider's own clock. */
function afterOf(value: string | null, providerNow: number): number | undefined {
  if (value === null) return undefined;
  const ms = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - providerNow;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
