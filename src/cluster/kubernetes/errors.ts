import { ApiError } from '../port.ts';
import type { Reply } from './exchange.ts';

/** An `ApiError` of this adapter: it also knows whether the same request may succeed a moment later. */
export class RequestError extends ApiError {
  /** Asking again may help: the server was busy, or the connection broke. */
  readonly transient: boolean;
  /** How long the server asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The object that the server's judgement names; absent where it is about a path or a kind. */
  readonly object: string | undefined;
  private readonly judged: boolean;
  constructor(status: number, reason: string, message: string, traits: ErrorTraits = {}) {
    super(status, reason, message, 'cause' in traits ? { cause: traits.cause } : undefined);
    this.transient = traits.transient ?? false;
    this.retryAfterMs = traits.retryAfterMs;
    this.object = traits.object;
    this.judged = traits.judged ?? false;
  }
  /** The API server has no such object, or no such kind. A page of something in between that says 404 proves nothing. */
  get isAbsence(): boolean {
    return this.status === 404 && (this.judged || this.message.endsWith('404 page not found'));
  }
  /** Only a Status object is a judgement of the API server; a bare 403 comes from something in between. */
  override get isRefusal(): boolean {
    return this.judged && super.isRefusal;
  }
}

interface ErrorTraits {
  transient?: boolean;
  retryAfterMs?: number | undefined;
  /** The answer is a Status object. */
  judged?: boolean;
  object?: string | undefined;
  cause?: unknown;
}

/** A call to an admission webhook broke down, which says nothing about the object. */
export function isWebhookFailure(error: Pick<ApiError, 'status' | 'message'>): boolean {
  return error.status === 500 && /failed calling webhook/.test(error.message);
}

/** What an answer outside 2xx means. */
export function errorOf(reply: Reply): RequestError {
  const status = statusObject(reply.text);
  const reason = status?.reason || (reasons[reply.status] ?? 'Unknown');
  const excerpt = reply.text.trim().replace(/\s+/g, ' ').slice(0, 200);
  const message = status?.message || `${reply.call}: HTTP ${reply.status}${excerpt ? `: ${excerpt}` : ''}`;
  const retryAfterMs = retryAfter(reply) ?? seconds(status?.details?.retryAfterSeconds);
  const busy = [429, 502, 503, 504].includes(reply.status) || (reply.status >= 500 && retryAfterMs !== undefined);
  const transient = busy || isWebhookFailure({ status: reply.status, message });
  return new RequestError(reply.status, reason, message, { judged: status !== undefined, object: status?.details?.name, retryAfterMs, transient });
}

/** No answer came: the time ran out, the connection broke, or there was none. */
export function networkError(error: unknown, call: string, server: string): RequestError {
  const { code, message } = error as NodeJS.ErrnoException;
  const tls = tlsTrouble(code, message);
  const why = tls ?? known[code ?? ''] ?? message;
  return new RequestError(0, code ?? 'ConnectionLost', `${call}: ${server} ${why}${code && !tls ? ` (${code})` : ''}`, { transient: tls === undefined, cause: error });
}

const known: Record<string, string> = {
  ECONNREFUSED: 'refuses connections',
  ECONNRESET: 'closed the connection without an answer',
  EPIPE: 'closed the connection without an answer',
  ETIMEDOUT: 'did not answer in time',
  ENOTFOUND: 'has a host name that is not known here',
  EAI_AGAIN: 'has a host name that cannot be looked up at the moment',
  EHOSTUNREACH: 'cannot be reached from here',
  ENETUNREACH: 'cannot be reached from here',
};

/** What is wrong with the TLS of a server, which asking again does not mend. */
function tlsTrouble(code: string | undefined, message: string): string | undefined {
  if (code === undefined) return undefined;
  if (code === 'CERT_HAS_EXPIRED') return 'has a certificate that has expired';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `has a certificate for another name: ${message}`;
  if (/SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|CERT_UNTRUSTED|CERT_SIGNATURE/.test(code)) return `has a certificate that the kubeconfig's certificate authority did not sign (${code})`;
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return `does not speak TLS as expected: ${sslReason(message)}`;
  if (code.startsWith('ERR_TLS_') || code.startsWith('CERT_') || code.startsWith('ERR_OSSL_')) return `cannot be spoken to by TLS: ${sslReason(message)} (${code})`;
  return undefined;
}

/** OpenSSL's messages carry the reason between file names and numbers. */
function sslReason(message: string): string {
  return /error:[0-9A-F]+:[^:]*:[^:]*:([^:]+)/.exec(message)?.[1] ?? message.trim();
}

const reasons: Record<number, string> = {
  400: 'BadRequest', 401: 'Unauthorized', 403: 'Forbidden', 404: 'NotFound', 405: 'MethodNotAllowed', 409: 'Conflict', 410: 'Expired', 413: 'RequestEntityTooLarge',
  422: 'Invalid', 429: 'TooManyRequests', 500: 'InternalError', 502: 'BadGateway', 503: 'ServiceUnavailable', 504: 'Timeout',
};

interface StatusObject {
  kind: 'Status';
  reason?: string;
  message?: string;
  details?: { name?: string; retryAfterSeconds?: number };
}

function statusObject(text: string): StatusObject | undefined {
  try {
    const value = JSON.parse(text) as StatusObject | null;
    return value?.kind === 'Status' ? value : undefined;
  } catch {
    // Not JSON: a proxy's page or the server's plain text, which the message quotes instead.
    return undefined;
  }
}

function retryAfter(reply: Reply): number | undefined {
  const header = reply.headers['retry-after'];
  return header === undefined ? undefined : seconds(Number(header));
}

function seconds(value: number | undefined): number | undefined {
  return value === undefined || !Number.isFinite(value) || value < 0 ? undefined : value * 1000;
}
