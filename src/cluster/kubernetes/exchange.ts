import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type Connection, credentialsFor, type Query, urlOf } from './connection.ts';
import { heard, unheard } from './ending.ts';
import { networkError, RequestError } from './errors.ts';

export interface Exchange {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Query;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Reply {
  /** Method and path, or what else it answers; for messages. */
  call: string;
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Exchanger {
  /** One request and its answer, whatever its status. Rejects with a `RequestError` of status 0 where none came within `timeoutMs`, or before `ending`. */
  exchange(exchange: Exchange, timeoutMs: number, ending: AbortSignal): Promise<Reply>;
  close(): void;
}

const userAgent = 'smi-conformance';
/** What creates or replaces something is not broken off at once: who cleans up has to see it. */
const writeGraceMs = 1_500;

/** The JSON of an answer. Throws a `RequestError` where something else came: whatever answers is no API server. */
export function jsonOf<T>({ call, status, text }: Reply): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new RequestError(status, 'NotJson', `${call}: HTTP ${status}, but not with JSON: ${text.trim().replace(/\s+/g, ' ').slice(0, 100)}`, { cause: error });
  }
}

/**
 * HTTP to an API server over connections that stay open.
 *
 * The client's `KubernetesObjectApi` is not used, for three reasons, all seen with 2.0.1: it opens a TLS connection for each
 * request (42 ms instead of 2); it turns what it reads into its own classes, which drops fields that it does not know and makes
 * dates of strings; and it keeps what discovery said for good.
 */
export function createExchanger(connection: Connection): Exchanger {
  const secure = connection.server.startsWith('https:');
  const agent = secure ? new HttpsAgent({ keepAlive: true, maxSockets: 32 }) : new HttpAgent({ keepAlive: true, maxSockets: 32 });

  async function exchange({ method, path, query, body, headers }: Exchange, timeoutMs: number, ending: AbortSignal): Promise<Reply> {
    const call = `${method} ${path}`;
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const limit = limitOf(timeoutMs, ending, method === 'POST' || method === 'PUT' ? writeGraceMs : 0);
    try {
      const credentials = await heard(credentialsFor(connection), ending);
      return await new Promise<Reply>((resolve, reject) => {
        const send = secure ? httpsRequest : httpRequest;
        const request = send(urlOf(connection, path, query), {
          agent,
          ...credentials,
          method,
          headers: {
            ...(credentials.headers as OutgoingHttpHeaders | undefined),
            ...headers,
            accept: 'application/json',
            'user-agent': userAgent,
            ...(payload && { 'content-type': 'application/json', 'content-length': payload.length }),
          },
          signal: limit.signal,
        });
        request.on('error', reject);
        request.on('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve({ call, status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }));
          response.on('error', reject);
        });
        request.end(payload);
      });
    } catch (error) {
      if (error instanceof RequestError) throw error;
      throw networkError(limit.signal.aborted ? limit.signal.reason : error, call, connection.server);
    } finally {
      limit.stop();
    }
  }

  return { exchange, close: () => agent.destroy() };
}

/** The end of one request: its own time is over, or, after a grace, nobody waits for it any longer. */
function limitOf(timeoutMs: number, ending: AbortSignal, graceMs: number): { signal: AbortSignal; stop(): void } {
  const over = new AbortController();
  const late = Object.assign(new Error(`no answer within ${timeoutMs / 1000} s`), { code: 'ETIMEDOUT' });
  const timers = [setTimeout(() => over.abort(late), timeoutMs)];
  const end = (): void => void timers.push(setTimeout(() => over.abort(unheard()), graceMs));
  if (ending.aborted) over.abort(unheard());
  else ending.addEventListener('abort', end, { once: true });
  return {
    signal: over.signal,
    stop() {
      timers.forEach(clearTimeout);
      ending.removeEventListener('abort', end);
    },
  };
}
