import type { Bundle } from '@sigstore/bundle';
import { messageOf } from '../model/errors.ts';
import { payloadType } from './envelope.ts';

/** The file beside `report.json` that holds its signature. */
export const bundleFile = 'report.sigstore.json';

const mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const mostBytes = 1024 ** 2;

/** A bundle with an envelope, as this program writes it. */
export type SignedBundle = Bundle & { content: Extract<Bundle['content'], { $case: 'dsseEnvelope' }> };

/** The bundle in some bytes, or what is wrong with them. */
export type BundleRead = { bundle: SignedBundle } | { problem: string };

/** The one form in which a bundle is written: there is one file for a bundle, to the byte. */
export async function bundleBytes(bundle: Bundle): Promise<Buffer> {
  const { bundleToJSON } = (await import('@sigstore/bundle')).default;
  return Buffer.from(`${JSON.stringify(bundleToJSON(bundle))}\n`);
}

/**
 * Reads a bundle. A file that says the same in other bytes is refused too: a base64 text, a number or a field that nobody checks would
 * otherwise be a place where a changed byte goes unseen.
 */
export async function readBundle(bytes: Uint8Array): Promise<BundleRead> {
  if (bytes.length > mostBytes) return { problem: `it is ${bytes.length} bytes long, and ${mostBytes} are allowed` };
  const { bundleFromJSON } = (await import('@sigstore/bundle')).default;
  let bundle: Bundle;
  try {
    bundle = bundleFromJSON(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    return { problem: `it is no Sigstore bundle (${messageOf(error)})` };
  }
  if (bundle.mediaType !== mediaType) return { problem: `it is of the kind ${JSON.stringify(bundle.mediaType)}, and ${mediaType} is read` };
  if (!isSigned(bundle)) return { problem: 'it holds no DSSE envelope' };
  const problem = envelopeProblem(bundle);
  if (problem !== undefined) return { problem };
  if (!(await bundleBytes(bundle)).equals(bytes)) return { problem: 'its bytes are not those that were written when it was made: it was changed, or formatted anew. Take the file that the run wrote' };
  return { bundle };
}

function isSigned(bundle: Bundle): bundle is SignedBundle {
  return bundle.content.$case === 'dsseEnvelope';
}

/** The parts of a bundle that no signature covers. */
function envelopeProblem({ content: { dsseEnvelope }, verificationMaterial: { content, tlogEntries, timestampVerificationData } }: SignedBundle): string | undefined {
  if (dsseEnvelope.payloadType !== payloadType) return `its envelope holds ${JSON.stringify(dsseEnvelope.payloadType)}, not an in-toto statement`;
  const named = dsseEnvelope.signatures[0]?.keyid;
  if (content.$case === 'publicKey') {
    if (content.publicKey.hint === '' || named !== content.publicKey.hint) return 'it names two different keys';
    // A key that is known needs no witness, so nobody would check one.
    const witnessed = tlogEntries.length > 0 || (timestampVerificationData?.rfc3161Timestamps ?? []).length > 0;
    return witnessed ? 'it is signed with a key, and has log entries or time stamps beside it, which are not read' : undefined;
  }
  if (content.$case !== 'certificate') return 'it holds neither a key\'s name nor one certificate';
  return named === '' ? undefined : 'it names a key beside its certificate';
}
