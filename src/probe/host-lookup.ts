import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';

/** How long an address is taken to hold, in milliseconds. Short: what an assertion changes must be seen. */
const lifeMs = 1_000;

export interface Resolver {
  /** The addresses of a name; rejects with the resolver's error, such as ENOTFOUND. */
  resolve(host: string): Promise<LookupAddress[]>;
  /** The same, in the form that `net.connect` takes. */
  lookup: LookupFunction;
}

/** Resolves names, each at most once a second: a batch of a thousand fresh connections is to test the mesh, not the cluster's name server. */
export function createResolver(): Resolver {
  const known = new Map<string, Promise<LookupAddress[]>>();

  const resolve = (host: string): Promise<LookupAddress[]> => {
    const held = known.get(host);
    if (held !== undefined) return held;
    const asked = lookup(host, { all: true });
    known.set(host, asked);
    const drop = (): boolean => known.delete(host);
    // That there is no such name is never held: it may come to be at any moment.
    asked.then(() => setTimeout(drop, lifeMs).unref(), drop);
    return asked;
  };

  return {
    resolve,
    lookup: (host, { all }, callback) => {
      resolve(host).then(
        (addresses) => (all === true ? callback(null, addresses) : callback(null, addresses[0]?.address ?? '', addresses[0]?.family)),
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
    },
  };
}
