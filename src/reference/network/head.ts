import type { RequestHead } from '../dataplane/index.ts';

/** What a connection begins with. */
export type Opening =
  /** A whole HTTP/1 request head; `last` where its sender wants no other request on the connection. */
  | { is: 'http'; head: RequestHead; last: boolean }
  /** The preface of HTTP/2 by prior knowledge. */
  | { is: 'http2' }
  | { is: 'incomplete' }
  /** Anything else: another protocol, or a head that cannot be read. */
  | { is: 'other' };

/** The longest head that is read, in bytes. */
const maxHead = 64 * 1024;
const headEnd = Buffer.from('\r\n\r\n', 'latin1');
const preface = 'PRI * HTTP/2.0';
const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) HTTP\/1\.([01])$/;
const methodStart = /^[!#$%&'*+.^_`|~0-9A-Za-z-]*( |$)/;

/** Reads the first bytes of a connection. */
export function readOpening(bytes: Buffer): Opening {
  const end = bytes.indexOf(headEnd);
  if (end > maxHead) return { is: 'other' };
  if (end === preface.length && bytes.toString('latin1', 0, end) === preface) return { is: 'http2' };
  if (end >= 0) return parseHead(bytes.toString('latin1', 0, end));
  return bytes.length <= maxHead && methodStart.test(bytes.toString('latin1', 0, 32)) ? { is: 'incomplete' } : { is: 'other' };
}

function parseHead(text: string): Opening {
  const [first = '', ...lines] = text.split('\r\n');
  const [, method, target, minor] = requestLine.exec(first) ?? [];
  if (method === undefined || target === undefined) return { is: 'other' };
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    // No name, blanks around it, or a line that continues another: senders and applications read these differently.
    if (colon <= 0 || /[\s\0]/.test(line.slice(0, colon)) || /[\0\r\n]/.test(line)) return { is: 'other' };
    addHeader(headers, line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const options = (headers.get('connection') ?? '').toLowerCase().split(/\s*,\s*/);
  return { is: 'http', head: { method, ...pathAndQueryOf(target), headers }, last: options.includes('close') || (minor === '0' && !options.includes('keep-alive')) };
}

export function addHeader(headers: Map<string, string>, name: string, value: string): void {
  const key = name.toLowerCase();
  const before = headers.get(key);
  headers.set(key, before === undefined ? value : `${before}, ${value}`);
}

/** The path of a request target, and its query where it has one; a proxy may also be given a whole URL. */
export function pathAndQueryOf(target: string): Pick<RequestHead, 'path' | 'query'> {
  const local = target.startsWith('/') ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(local) ?? [];
  return { path: path === '' ? '/' : path, ...(query !== '' && { query }) };
}
