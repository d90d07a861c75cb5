import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { Bundle } from '@sigstore/bundle';
import { ConformanceError } from '../model/errors.ts';
import { payloadType, preAuthEncoding } from './envelope.ts';

const makeOne = 'Make one with: openssl genpkey -algorithm ed25519';

/**
 * The signing key in a text: PEM (PKCS#8), Ed25519. The key object that it gives back shows nothing of the key, however it is printed.
 * Throws BAD_INPUT, without a word of the text; `label` is how the door spells the input.
 */
export function readSigningKey(text: string, label = 'signing_key'): KeyObject {
  const pem = unfolded(text);
  const wrong = wrongKind(pem);
  if (wrong !== undefined) throw badKey(label, wrong);
  const key = parsed(() => createPrivateKey(pem));
  if (key === undefined) throw badKey(label, 'cannot be read: a part of it is missing or changed');
  if (key.asymmetricKeyType !== 'ed25519') throw badKey(label, `is for ${key.asymmetricKeyType ?? 'something else'}, not Ed25519`);
  return key;
}

/** The public key in a text: PEM (SPKI), Ed25519, or the line of base64 that a list of accounts has. Throws BAD_INPUT. */
export function readPublicKey(text: string, label: string): KeyObject {
  const pem = unfolded(text);
  if (/PRIVATE KEY/.test(pem)) throw new ConformanceError('BAD_INPUT', `${label} is a private key, which only its owner may have. Give the public one: openssl pkey -in KEY -pubout`);
  const key = parsed(() => createPublicKey(pem.startsWith('-----') ? pem : { key: Buffer.from(pem, 'base64'), format: 'der', type: 'spki' }));
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new ConformanceError('BAD_INPUT', `${label} is no public key for Ed25519. Give one as PEM, as this prints it: openssl pkey -in KEY -pubout`);
}

/** The line of base64 by which a list of accounts names a key. Of a private key, that of its public half. */
export function publicLineOf(key: KeyObject): string {
  return spkiOf(key).toString('base64');
}

/** The name of a key in bundles: `SHA256:` and the base64 of the digest of its public half. */
export function hintOf(key: KeyObject): string {
  const hint = hints.get(key) ?? `SHA256:${createHash('sha256').update(spkiOf(key)).digest('base64').replace(/=+$/, '')}`;
  hints.set(key, hint);
  return hint;
}
/** Told once for each key: thousands of bundles may be compared with the same few. */
const hints = new WeakMap<KeyObject, string>();

/** Signs a payload with a key: DSSE, in a bundle that names the key. */
export async function signWithKey(payload: Buffer, key: KeyObject): Promise<Bundle> {
  const { toDSSEBundle } = (await import('@sigstore/bundle')).default;
  const signature = sign(null, preAuthEncoding(payloadType, payload), key);
  return toDSSEBundle({ artifact: payload, artifactType: payloadType, signature, keyHint: hintOf(key), certificateChain: false });
}

function spkiOf(key: KeyObject): Buffer {
  return (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' });
}

/** A secret is often pasted with its line breaks written out, or with those of another system. */
function unfolded(text: string): string {
  return text.replaceAll('\\n', '\n').replaceAll('\r\n', '\n').trim();
}

function wrongKind(pem: string): string | undefined {
  if (pem.startsWith('-----BEGIN PRIVATE KEY-----')) return undefined;
  if (/BEGIN (ENCRYPTED|.*\n.*ENCRYPTED)/.test(pem)) return 'is locked by a password. Take the password off (openssl pkey -in KEY), and keep the key as a secret';
  if (/BEGIN OPENSSH/.test(pem)) return 'is in the form of OpenSSH, not PEM (PKCS#8)';
  if (/BEGIN PUBLIC/.test(pem)) return 'is a public key, with which nothing can be signed';
  return 'is not in PEM (PKCS#8), which begins with -----BEGIN PRIVATE KEY-----';
}

function badKey(label: string, why: string): ConformanceError {
  return new ConformanceError('BAD_INPUT', `${label} ${why}. ${makeOne}`);
}

/** What the parser says of a text may quote it, so nothing of it is kept. */
function parsed(parse: () => KeyObject): KeyObject | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
