import type { Accounts } from '../attest/index.ts';
import type { Verifier } from './provenance.ts';

/** By what bundles are checked, as plain data, which can go to another thread. */
export interface PlainTrust {
  accounts: Accounts;
  /** The lines of a file of trusted roots; or why there are none. */
  roots: string | { none: string };
}

/** Checks bundles by the list of accounts and the keys of Sigstore. Rejects with BAD_INPUT where the roots cannot be read. */
export async function verifierOf({ accounts, roots: text }: PlainTrust): Promise<Verifier> {
  const { checkProvenance, readTrustedRoots } = await import('../attest/index.ts');
  const trust = { accounts, roots: typeof text === 'string' ? await readTrustedRoots(Buffer.from(text)) : text };
  return async ({ bytes, report }, bundle) => {
    const checked = await checkProvenance(bytes, bundle, trust, report);
    if (checked.state === 'broken') throw new Error(checked.reason);
    if (checked.state === 'unchecked') return { unchecked: checked.why };
    const { signer, issuer, account } = checked;
    return { signer, account, ...(issuer !== undefined && { issuer }) };
  };
}
