import type { RequestOptions } from 'node:https';
import { messageOf } from '../../model/errors.ts';
import { RequestError } from './errors.ts';

/** An API server and the way to be let in: all that the adapter needs of a kubeconfig. */
export interface Connection {
  /** Base URL, without credentials; it may have a path (a proxy such as Rancher's). */
  server: string;
  /** Where this came from, for messages: the path of a kubeconfig, or `the pod's service account`. */
  source: string;
  /** TLS options and headers of one request, read anew each time: tokens of files and plug-ins expire. Rejects with `ConformanceError` NO_KUBECONFIG. */
  credentials(): Promise<RequestOptions>;
  /** Values that no message may show. */
  secrets(): string[];
}

/** The credentials of one request. Rejects with a `RequestError`: what could be read when the run began may have gone since. */
export async function credentialsFor(connection: Connection): Promise<RequestOptions> {
  try {
    return await connection.credentials();
  } catch (error) {
    throw new RequestError(0, 'Credentials', messageOf(error), { cause: error });
  }
}

/** The URL of an API path on that server. */
export function urlOf(connection: Connection, path: string, query: Query = {}): URL {
  const base = connection.server.replace(/\/+$/, '');
  const url = new URL(base + path);
  for (const [key, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(key, String(value));
  return url;
}

export type Query = Record<string, string | number | undefined>;

/** The text without anything that would let its reader in. */
export function redact(connection: Connection, text: string): string {
  const bare = text.replace(/\b(Bearer|Basic) [\w.~+/=-]{8,}/g, '$1 …');
  return connection.secrets().filter((secret) => secret.length >= 4).reduce((seen, secret) => seen.replaceAll(secret, '…'), bare);
}
