import { ConformanceError } from '../model/errors.ts';

/** Where events go. Its address may hold a key, so only its origin is ever shown. */
export interface StreamAddress {
  href: string;
  /** What of it may be shown. */
  origin: string;
  /** A user name and password in the address go into a header, where fetch wants them. */
  headers: Record<string, string>;
}

/** Throws BAD_INPUT, without quoting the address; `label` is how the caller spells the input. */
export function streamAddress(text: string, label: string): StreamAddress {
  const url = URL.parse(text.trim());
  if (url === null || !['https:', 'http:'].includes(url.protocol)) throw new ConformanceError('BAD_INPUT', `${label} is not an address that events can be posted to: write one that begins with https:// (or http:// within a cluster or machine).`);
  const { username, password, origin } = url;
  if (username === '' && password === '') return { href: url.href, origin, headers: {} };
  if (url.protocol === 'http:') throw new ConformanceError('BAD_INPUT', `${label} holds a user name or password and begins with http://, by which it could be read on its way: use https://.`);
  url.username = '';
  url.password = '';
  return { href: url.href, origin, headers: { authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` } };
}
