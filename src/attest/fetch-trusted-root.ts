import type { TrustedRoot } from '@sigstore/protobuf-specs';
import { ConformanceError, messageOf } from '../model/errors.ts';
import { trustedRootText } from './trusted-root.ts';

export interface FetchTrustedRoot {
  /** A folder that stays: what was fetched there is used where there is no network, as long as it has not expired. */
  cache: string;
  /** Another repository than that of Sigstore's public instance, with the root of its keys in a file. */
  mirror?: { url: string; rootFile: string };
  timeoutMs?: number;
}

/**
 * The present keys of Sigstore's public instance, by TUF: from a root that came with this program to the newest, each signed by the one before, and none
 * that has expired. Rejects with NO_TRUSTED_ROOT.
 */
export async function fetchTrustedRoot({ cache, mirror, timeoutMs = 10_000 }: FetchTrustedRoot): Promise<TrustedRoot> {
  const { DEFAULT_MIRROR_URL, getTrustedRoot } = (await import('@sigstore/tuf')).default;
  const options = { cachePath: cache, timeout: timeoutMs, retry: 1, ...(mirror && { mirrorURL: mirror.url, rootPath: mirror.rootFile }) };
  try {
    return await getTrustedRoot(options);
  } catch (error) {
    const kept = await cached(() => getTrustedRoot({ ...options, forceCache: true }));
    if (kept !== undefined) return kept;
    const { host } = new URL(mirror?.url ?? DEFAULT_MIRROR_URL);
    throw new ConformanceError('NO_TRUSTED_ROOT', `The keys by which signatures of workflows are checked could not be had from ${host}: ${reasonOf(error)}. Try again with a network that reaches it; or get them elsewhere, and name their file: ${trustedRootText}`, { cause: error });
  }
}

/** Where there is no network, an earlier answer is as good until it expires. */
async function cached(read: () => Promise<TrustedRoot>): Promise<TrustedRoot | undefined> {
  try {
    return await read();
  } catch {
    // Why the network did not give it is what the user has to know.
    return undefined;
  }
}

/** What lies behind: the library says only in which step. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return cause === undefined ? messageOf(error) : `${messageOf(error)}: ${reasonOf(cause)}`;
}
