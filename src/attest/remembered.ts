import type { SignedEntity, TrustMaterial } from '@sigstore/verify';

type Certificate = Extract<SignedEntity['key'], { $case: 'certificate' }>['certificate'];

/**
 * The verifying library encodes a certificate anew for each question about it, a dozen times for one bundle, which takes longer than all signatures do. What was
 * read is never changed (the library changes copies), so that each part need be encoded once.
 */
export function encodedOnce(certificate: Certificate): void {
  const { root, tbsCertificate } = certificate;
  for (const part of [root, ...root.subs, ...tbsCertificate.subs]) {
    let der: Buffer | undefined;
    const encode = part.toDER.bind(part);
    part.toDER = () => (der ??= encode());
  }
}

/** The same for the certificates of authorities; and whether one signed itself is asked once for all bundles. */
export function rememberAuthorities({ certificateAuthorities, timestampAuthorities }: TrustMaterial): void {
  for (const certificate of [...certificateAuthorities, ...timestampAuthorities].flatMap(({ certChain }) => certChain)) {
    encodedOnce(certificate);
    const verify = certificate.verify.bind(certificate);
    let ofItself: boolean | undefined;
    certificate.verify = (issuer) => (issuer === undefined ? (ofItself ??= verify()) : verify(issuer));
  }
}
