import type { TrustedRoot } from '@sigstore/protobuf-specs';
import { ConformanceError, messageOf } from '../model/errors.ts';

export type { TrustedRoot } from '@sigstore/protobuf-specs';

/**
 * Reads what `gh attestation trusted-root` prints, a trusted root a line, or one `trusted_root.json` as Sigstore publishes it. Each
 * stands for itself: what one vouches for needs the evidence that this one's services give. Rejects with BAD_INPUT.
 */
export async function readTrustedRoots(bytes: Uint8Array, label = 'the trusted root'): Promise<TrustedRoot[]> {
  const { TrustedRoot: format } = (await import('@sigstore/protobuf-specs')).default;
  const text = new TextDecoder().decode(bytes).trim();
  try {
    const roots = (whole(text) ?? text.split('\n').map((line) => JSON.parse(line) as unknown)).map((value) => format.fromJSON(value));
    const empty = roots.some(({ mediaType, certificateAuthorities }) => !mediaType.startsWith('application/vnd.dev.sigstore.trustedroot') || certificateAuthorities.length === 0);
    if (roots.length > 0 && !empty) return roots;
  } catch (error) {
    throw notOne(label, `: ${messageOf(error)}`, error);
  }
  throw notOne(label, '');
}

/** The same as a text that `readTrustedRoots` reads. */
export async function trustedRootLines(roots: readonly TrustedRoot[]): Promise<string> {
  const { TrustedRoot: format } = (await import('@sigstore/protobuf-specs')).default;
  return roots.map((root) => JSON.stringify(format.toJSON(root))).join('\n');
}

/** How to come by a trusted root. */
export const trustedRootText = 'gh attestation trusted-root > trusted_root.jsonl, then --trusted-root trusted_root.jsonl';

function whole(text: string): unknown[] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    return undefined;
  }
}

function notOne(label: string, why: string, cause?: unknown): ConformanceError {
  return new ConformanceError('BAD_INPUT', `${label} holds no trusted root of Sigstore${why}. Get one with: ${trustedRootText}`, { cause });
}
