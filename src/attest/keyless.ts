import type { Bundle } from '@sigstore/bundle';
import type { Witness } from '@sigstore/sign';
import { payloadType } from './envelope.ts';
import { identityToken, type OidcRequest } from './identity-token.ts';
import type { Services } from './services.ts';
import { signingTrouble } from './signing-trouble.ts';

export interface SigningLimits {
  /** How often each service is asked again. */
  retries: number;
  /** Milliseconds before it is asked again for the first time; each further pause is twice as long. */
  pauseMs: number;
  /** Milliseconds that one answer may take. */
  timeoutMs: number;
}

export const usualLimits: SigningLimits = { retries: 3, pauseMs: 1000, timeoutMs: 15_000 };

/** Signs a payload as the workflow that runs: a key that is used once, a certificate for it from the identity that GitHub gives, and a witness of the time. */
export async function signKeyless(payload: Buffer, { oidc, services }: { oidc: OidcRequest; services: Services }, limits: Partial<SigningLimits> = {}): Promise<Bundle> {
  const { retries, pauseMs, timeoutMs } = { ...usualLimits, ...limits };
  const { DSSEBundleBuilder, FulcioSigner, RekorWitness, TSAWitness } = (await import('@sigstore/sign')).default;
  const shared = { retry: { retries, minTimeout: pauseMs, factor: 2 }, timeout: timeoutMs };
  const secrets = [oidc.token];
  let token: Awaited<ReturnType<typeof identityToken>> | undefined;
  const getToken = async (): Promise<string> => {
    token = await identityToken(oidc, { retries, pauseMs, timeoutMs });
    secrets.push(token.text);
    return token.text;
  };
  const { fulcio, rekor, tsa } = services;
  const witnesses: Witness[] = [
    ...(rekor === undefined ? [] : [new RekorWitness({ rekorBaseURL: rekor, ...shared })]),
    ...(tsa === undefined ? [] : [new TSAWitness({ tsaBaseURL: tsa, ...shared })]),
  ];
  try {
    const signer = new FulcioSigner({ identityProvider: { getToken }, fulcioBaseURL: fulcio, ...shared });
    return await new DSSEBundleBuilder({ signer, witnesses }).create({ data: payload, type: payloadType });
  } catch (error) {
    throw signingTrouble(error, { services, secrets, issuedAt: token?.issuedAt, now: Date.now() });
  }
}
