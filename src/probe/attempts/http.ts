import { nonceHeader } from '../nonce.ts';
import type { AttemptRequest } from '../protocol.ts';
import { exchange } from './exchange.ts';
import { HttpAnswerReader } from './http-answer.ts';
import type { PrepareAttempt } from './outcome.ts';

/** Sends an HTTP/1.1 request on a socket and reads the answer. */
export const prepareHttpAttempt: PrepareAttempt = (request, network, timeoutMs) => {
  const [before, after] = requestHead(request);
  const withoutBody = request.method === 'HEAD';
  const { host, port } = request;
  return (nonce) => exchange({ network, host, port }, before + nonce + after, timeoutMs, new HttpAnswerReader(nonce, withoutBody));
};

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const target = /^[\x21-\x7e\x80-\xff]+$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The request's bytes, as far as the nonce and from there on. Everything is sent as it is written, so what would break the message is refused. */
export function requestHead(request: AttemptRequest): [string, string] {
  const { method = 'GET', path = '/', host, port } = request;
  const headers = checkedHeaders(request);

  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const lines = [`${method} ${path} HTTP/1.1`];
  if (!names.has('host')) lines.push(`Host: ${host.includes(':') ? `[${host}]` : host}:${port}`);
  lines.push(...headers.map(([name, value]) => `${name}: ${value}`));
  if (!names.has('connection')) lines.push('Connection: close');
  // Methods that have a body by nature say that there is none: some servers and proxies answer 411 otherwise.
  if (/^(POST|PUT|PATCH)$/.test(method) && !names.has('content-length')) lines.push('Content-Length: 0');
  return [`${lines.join('\r\n')}\r\n${nonceHeader}: `, '\r\n\r\n'];
}

/** The headers of a request, which like its method, path and host hold nothing that would break the message. */
export function checkedHeaders({ key, method = 'GET', path = '/', headers = [], host }: AttemptRequest): [string, string][] {
  must(token.test(method), key, `the method ${JSON.stringify(method)}`);
  must(target.test(path), key, `the path ${JSON.stringify(path)}`);
  must(target.test(host), key, `the host ${JSON.stringify(host)}`);
  for (const [name, value] of headers) must(token.test(name) && fieldValue.test(value), key, `the header ${JSON.stringify(name)}`);
  return headers;
}

function must(holds: boolean, key: number, what: string): asserts holds {
  if (!holds) throw new Error(`Request ${key} cannot be sent: ${what} holds a character that HTTP does not allow there.`);
}
