import { createHash, X509Certificate } from 'node:crypto';
import type { Report } from '../model/report.ts';

/** Who says so. */
export type Provenance =
  /** No bundle lies beside the report. */
  | { state: 'unsigned' }
  /** There is a bundle for these bytes. Whether its signature holds was not looked at here, and `unchecked` says why: `signer` is what it says of itself. */
  | { state: 'signed'; signer: string; with: 'certificate' | 'key'; issuer?: string; unchecked?: string }
  /** The signature was checked when the pages were built. */
  | { state: 'verified'; signer: string; with: 'certificate' | 'key'; issuer?: string; /** Whether the signer may publish for the mesh, where that was looked at. */ account?: Account }
  /** There is a bundle that does not belong to the report, or cannot be read, or whose check failed. */
  | { state: 'broken'; reason: string };

export interface Account {
  ok: boolean;
  detail: string;
}

/** A report as its bytes, and what they hold. */
export interface ReadReport {
  bytes: Uint8Array;
  report: Report;
}

/** What a verifier says of a bundle that it accepts, or why it had nothing to check it by. Why it does not accept one, it says by throwing. */
export type Verifier = (report: ReadReport, bundle: Uint8Array) => Promise<{ signer: string; issuer?: string; account?: Account } | { unchecked: string }>;

/** Asks a verifier, or reads the bundle where there is none. */
export async function provenanceOf(report: ReadReport, bundle: Uint8Array | undefined, verifier: Verifier | undefined): Promise<Provenance> {
  if (bundle === undefined) return { state: 'unsigned' };
  try {
    const read = JSON.parse(Buffer.from(bundle).toString('utf8')) as Bundle;
    if (verifier === undefined) return claimed(report.bytes, read);
    const verified = await verifier(report, bundle);
    if ('unchecked' in verified) return { ...claimed(report.bytes, read), ...verified };
    return { state: 'verified', with: read.verificationMaterial?.publicKey === undefined ? 'certificate' : 'key', ...verified };
  } catch (error) {
    return { state: 'broken', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** As much of a Sigstore bundle (v0.3) as is read here. */
interface Bundle {
  verificationMaterial?: { certificate?: { rawBytes?: string }; x509CertificateChain?: { certificates?: { rawBytes?: string }[] }; publicKey?: { hint?: string } };
  dsseEnvelope?: { payload?: string };
}

function claimed(report: Uint8Array, { verificationMaterial: material, dsseEnvelope }: Bundle): Provenance {
  const statement = JSON.parse(Buffer.from(dsseEnvelope?.payload ?? '', 'base64').toString('utf8')) as { subject?: { digest?: { sha256?: string } }[] };
  const digest = createHash('sha256').update(report).digest('hex');
  if (!(statement.subject ?? []).some((subject) => subject.digest?.sha256 === digest)) return { state: 'broken', reason: 'its bundle was made for another file' };
  const raw = material?.certificate?.rawBytes ?? material?.x509CertificateChain?.certificates?.[0]?.rawBytes;
  if (raw === undefined) return { state: 'signed', signer: material?.publicKey?.hint ?? 'a key without a name', with: 'key' };
  const { subjectAltName = '' } = new X509Certificate(Buffer.from(raw, 'base64'));
  return { state: 'signed', signer: subjectAltName.replaceAll(/(?:^|, )(?:URI|email):/g, ''), with: 'certificate' };
}
