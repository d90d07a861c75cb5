import { type KeyObject, X509Certificate } from 'node:crypto';
import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type { Signer } from '@sigstore/verify';

/** The issuer of identities of GitHub's workflows. */
export const githubIssuer = 'https://token.actions.githubusercontent.com';

/** Who a certificate was issued to, as Fulcio took it from the identity token. */
export interface WorkflowIdentity {
  issuer: string;
  /** The subject's alternative name: the workflow that signed, with its ref. */
  subject: string;
  /** The repository that the run belongs to, as a URL. */
  repository: string;
  repositoryId: string;
  /** The ref that the run was made for. */
  ref: string;
  /** The workflow that the run began with; another than the subject where that is a reusable one. */
  workflow: string;
  workflowSha: string;
  /** URL of the run. */
  run: string;
}

/** The identity in a certificate that was verified. */
export function workflowIdentity({ identity }: Signer): WorkflowIdentity {
  const { subjectAlternativeName = '', extensions, oids = [] } = identity ?? {};
  const extension = (last: number): string => textOf(oids.find(({ oid }) => oid?.id.join('.') === `1.3.6.1.4.1.57264.1.${last}`)?.value);
  return {
    issuer: extensions?.issuer ?? '',
    subject: subjectAlternativeName,
    repository: extension(12),
    repositoryId: extension(15),
    ref: extension(14),
    workflow: extension(18),
    workflowSha: extension(19),
    run: extension(21),
  };
}

/** What is wrong with the form of a certificate: the library skips parts of the frame around what the authority signed. */
export function certificateProblem(der: Buffer, root: TrustedRoot): string | undefined {
  if (!certifiedBy(der, root)) return 'no authority of the trusted root signed the certificate';
  return new X509Certificate(der).raw.equals(der) ? undefined : 'the certificate is not in the one form that it can have';
}

/** Whether an authority of a trusted root signed a certificate. */
export function certifiedBy(der: Buffer, root: TrustedRoot): boolean {
  const certificate = new X509Certificate(der);
  return keysOf(root).some((key) => certificate.verify(key));
}

/** Read once for each root: thousands of certificates may be looked at. */
function keysOf(root: TrustedRoot): readonly KeyObject[] {
  const keys = known.get(root) ?? root.certificateAuthorities.flatMap(({ certChain }) => certChain?.certificates ?? []).map(({ rawBytes }) => new X509Certificate(rawBytes).publicKey);
  known.set(root, keys);
  return keys;
}
const known = new WeakMap<TrustedRoot, readonly KeyObject[]>();

/** The text in a UTF8String; empty where it is none. */
function textOf(value: Uint8Array | undefined): string {
  if (value === undefined || value[0] !== 0x0c) return '';
  const first = value[1] ?? 0;
  const start = first < 0x80 ? 2 : 2 + (first & 0x7f);
  return new TextDecoder().decode(value.subarray(start));
}
