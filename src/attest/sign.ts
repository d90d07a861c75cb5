import type { KeyObject } from 'node:crypto';
import type { Bundle } from '@sigstore/bundle';
import { signWithKey } from './key.ts';
import { signKeyless, type SigningLimits } from './keyless.ts';
import type { OidcRequest } from './identity-token.ts';
import { publicGood, type Services } from './services.ts';
import type { Statement } from './statement.ts';

/** Who signs: the workflow that runs, certified by its identity at GitHub; or the holder of a key. */
export type Signer = { kind: 'keyless'; oidc: OidcRequest; services: Services } | { kind: 'key'; key: KeyObject };

/** What a run has to sign with: the first that is there is taken. */
export interface SigningMeans {
  /** Where the job may ask for its identity; absent where it may not. */
  oidc?: OidcRequest | undefined;
  key?: KeyObject | undefined;
  services?: Services | undefined;
}

/** The signer of a run; undefined where its result stays unsigned. */
export function signerOf({ oidc, key, services = publicGood }: SigningMeans): Signer | undefined {
  if (oidc !== undefined) return { kind: 'keyless', oidc, services };
  return key === undefined ? undefined : { kind: 'key', key };
}

/** Signs a statement: DSSE in a Sigstore bundle v0.3. Rejects with SIGNING_FAILED, which names the service that did not do its part; no token and no key is in it. */
export function sign(statement: Statement, signer: Signer, limits: Partial<SigningLimits> = {}): Promise<Bundle> {
  const payload = Buffer.from(JSON.stringify(statement));
  return signer.kind === 'key' ? signWithKey(payload, signer.key) : signKeyless(payload, signer, limits);
}
