import type { KeyObject } from 'node:crypto';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type { SignedEntity, Verifier } from '@sigstore/verify';
import { messageOf } from '../model/errors.ts';
import type { SignedBundle } from './bundle-file.ts';
import { certificateProblem, type WorkflowIdentity, workflowIdentity } from './certificate.ts';
import { hintOf } from './key.ts';
import { entryProblem } from './log-entry.ts';
import { encodedOnce, rememberAuthorities } from './remembered.ts';
import { isExactToken } from './timestamp-token.ts';
import { trustedRootText } from './trusted-root.ts';

/** Who signed, beyond doubt. */
export type SignedBy = { kind: 'workflow'; identity: WorkflowIdentity; /** When, by the log or a time-stamp authority. */ at: Date; witness: string } | { kind: 'key'; hint: string };

export interface TrustInput {
  /** Public keys that may have signed. */
  keys: readonly KeyObject[];
  trustedRoots: readonly TrustedRoot[];
  /** Asked where there are none. */
  publicRoot?: (() => Promise<TrustedRoot>) | undefined;
}

/** Checks the signature of a bundle, and all that stands for its signer: the key's name; or certificate, log and time. */
export async function verifySignature(bundle: SignedBundle, { keys, trustedRoots, publicRoot }: TrustInput): Promise<{ by: SignedBy } | { problem: string }> {
  const { content } = bundle.verificationMaterial;
  if (content.$case === 'publicKey') return byKey(bundle, content.publicKey.hint, keys);
  if (trustedRoots.length === 0 && publicRoot !== undefined) {
    const outcome = await byWorkflow(bundle, await publicRoot());
    return 'by' in outcome ? outcome : { problem: `${outcome.problem}, by the keys of Sigstore's public instance. What a repository signed that is not public needs those of GitHub's own: ${trustedRootText}` };
  }
  if (trustedRoots.length === 0) return { problem: `it is signed by a workflow, and without a trusted root nobody can say by which. Get one with: ${trustedRootText}` };
  const problems: string[] = [];
  for (const root of trustedRoots) {
    const outcome = await byWorkflow(bundle, root);
    if ('by' in outcome) return outcome;
    problems.push(outcome.problem);
  }
  return { problem: [...new Set(problems)].join('; or, by another trusted root, ') };
}

async function byKey(bundle: SignedBundle, hint: string, keys: readonly KeyObject[]): Promise<{ by: SignedBy } | { problem: string }> {
  const key = keys.find((one) => hintOf(one) === hint);
  if (key === undefined) return { problem: `it is signed with the key ${hint}, which is ${keys.length === 0 ? 'not given: name its public half with --key' : 'not the one that is given'}` };
  const { toSignedEntity, Verifier } = (await import('@sigstore/verify')).default;
  const trust = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [], publicKey: () => ({ publicKey: key, validFor: () => true }) };
  try {
    new Verifier(trust, { tlogThreshold: 0, timestampThreshold: 0 }).verify(toSignedEntity(bundle));
    return { by: { kind: 'key', hint } };
  } catch (error) {
    return { problem: wordsOf(error) };
  }
}

/** The root says which evidence its services give, and so which is asked for: GitHub's own has neither log, only time stamps. */
async function byWorkflow(bundle: SignedBundle, root: TrustedRoot): Promise<{ by: SignedBy } | { problem: string }> {
  const { toSignedEntity } = (await import('@sigstore/verify')).default;
  try {
    const problem = formProblem(bundle, root);
    if (problem !== undefined) return { problem };
    const entity = toSignedEntity(bundle);
    if (entity.key.$case === 'certificate') encodedOnce(entity.key.certificate);
    const signer = (await verifierFor(root)).verify(entity);
    return { by: { kind: 'workflow', identity: workflowIdentity(signer), at: timeOf(entity), witness: witnessOf(bundle) } };
  } catch (error) {
    return { problem: wordsOf(error) };
  }
}

/** Made once for each root: of thousands of bundles, most are checked by the same. */
async function verifierFor(root: TrustedRoot): Promise<Verifier> {
  const { toTrustMaterial, Verifier: Kind } = (await import('@sigstore/verify')).default;
  const known = verifiers.get(root);
  if (known !== undefined) return known;
  const material = toTrustMaterial(root);
  rememberAuthorities(material);
  const verifier = new Kind(material, { tlogThreshold: Math.min(root.tlogs.length, 1), ctlogThreshold: Math.min(root.ctlogs.length, 1), timestampThreshold: 1 });
  verifiers.set(root, verifier);
  return verifier;
}
const verifiers = new WeakMap<TrustedRoot, Verifier>();

function formProblem({ verificationMaterial: { content, tlogEntries, timestampVerificationData } }: SignedBundle, root: TrustedRoot): string | undefined {
  if (content.$case !== 'certificate') return 'it holds no certificate';
  const inexact = (timestampVerificationData?.rfc3161Timestamps ?? []).some(({ signedTimestamp }) => !isExactToken(signedTimestamp));
  if (inexact) return 'a time stamp is not in the one form that it can have';
  return tlogEntries.map((entry) => entryProblem(entry, root.tlogs)).find((problem) => problem !== undefined) ?? certificateProblem(content.certificate.rawBytes, root);
}

/** The earliest of the times that were witnessed; the verifier asks for one. */
function timeOf({ timestamps }: SignedEntity): Date {
  const times = timestamps.flatMap((one) => {
    if (one.$case === 'timestamp-authority') return [one.timestamp.signingTime.getTime()];
    return one.tlogEntry.inclusionPromise === undefined ? [] : [Number(one.tlogEntry.integratedTime) * 1000];
  });
  return new Date(Math.min(...times));
}

function witnessOf({ verificationMaterial: { tlogEntries } }: SignedBundle): string {
  return tlogEntries.length === 0 ? 'a time-stamp authority' : `the transparency log, entry ${tlogEntries[0]?.logIndex}`;
}

const words: Record<string, string> = {
  SIGNATURE_ERROR: 'the signature is not one of this statement',
  CERTIFICATE_ERROR: 'the trusted root does not stand for the certificate',
  TIMESTAMP_ERROR: 'when it was signed is not proven',
  PUBLIC_KEY_ERROR: 'the key does not fit',
};

function wordsOf(error: unknown): string {
  const code = String((error as { code?: unknown } | null)?.code);
  const what = words[code] ?? (code.startsWith('TLOG') ? 'the entry of the transparency log does not hold' : 'the bundle cannot be read');
  return `${what} (${messageOf(error)})`;
}
