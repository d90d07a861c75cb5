import { type ApiAccess, limited, openApi } from './api.ts';
import { refused } from './refused.ts';

export interface AttestationInput {
  access: ApiAccess;
  fork: boolean;
  /** The bytes of the Sigstore bundle. */
  bundle: Uint8Array;
}

/** Stores a bundle with GitHub's attestations, where `gh attestation verify` finds it by the digest of the report. Returns its id. Rejects with GITHUB_REFUSED where the job may not, GITHUB_FAILED for other trouble. */
export async function storeAttestation({ access, fork, bundle }: AttestationInput): Promise<string> {
  try {
    const { data } = await openApi(access).rest.repos.createAttestation({ owner: access.owner, repo: access.repo, bundle: JSON.parse(Buffer.from(bundle).toString('utf8')) as Bundle, request: limited() });
    if (data.id === undefined) throw new Error('GitHub gave it no id');
    return String(data.id);
  } catch (error) {
    throw refused(error, { failed: 'The signature was not stored with GitHub\'s attestations', permission: 'attestations', fork, token: access.token.reveal() });
  }
}

type Bundle = { mediaType?: string; verificationMaterial?: Record<string, unknown>; dsseEnvelope?: Record<string, unknown> };
