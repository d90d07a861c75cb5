import type { TrustedRoot } from '@sigstore/protobuf-specs';
import { ConformanceError } from '../model/errors.ts';
import type { Accounts } from './accounts.ts';
import { readBundle, type SignedBundle } from './bundle-file.ts';
import { certifiedBy } from './certificate.ts';
import type { Report } from '../model/report.ts';
import { hintOf } from './key.ts';
import { reportIn } from './report-bytes.ts';
import { robotsOf } from './robots.ts';
import { signedChecks } from './signed-checks.ts';

/** By what many reports are checked. */
export interface Trust {
  accounts: Accounts;
  /** Given, or fetched. Where there are none: why. */
  roots: readonly TrustedRoot[] | { none: string };
}

/** `unchecked`: there was nothing to check it by, which says nothing against it. */
export type Checked = { state: 'verified'; signer: string; issuer?: string; account: { ok: boolean; detail: string } } | { state: 'unchecked'; why: string } | { state: 'broken'; reason: string };

/**
 * Who made a report, as far as that can be known: of reports that others published, of which many are looked at. `known` is what the bytes hold, where somebody has
 * read and checked them already. The figures are not derived again: a later version may judge an older report otherwise, and that is no fault of its signature.
 */
export async function checkProvenance(bytes: Uint8Array, bundleBytes: Uint8Array, { accounts, roots }: Trust, known?: Report): Promise<Checked> {
  const bundle = await readBundle(bundleBytes);
  if ('problem' in bundle) return { state: 'broken', reason: bundle.problem };
  const read = known === undefined ? reportIn(bytes) : { report: known };
  const { checks, by } = await signedChecks({ bytes, read, bundle }, { accounts, trustedRoots: 'none' in roots ? [] : roots });
  const wrong = checks.find(({ name, ok }) => !ok && name !== 'account');
  if (wrong !== undefined || by === undefined) {
    const nothing = nothingFor(bundle.bundle, accounts, roots);
    if (nothing !== undefined) return { state: 'unchecked', why: nothing };
    return { state: 'broken', reason: wrong === undefined ? 'nobody signed it' : `${wrong.name}: ${wrong.detail}` };
  }
  const { ok = false, detail = '' } = checks.find(({ name }) => name === 'account') ?? {};
  const account = { ok, detail };
  return by.kind === 'key' ? { state: 'verified', signer: by.hint, account } : { state: 'verified', signer: by.identity.subject, issuer: by.identity.issuer, account };
}

/** Why there is nothing that a bundle could be checked by; undefined where there is. */
function nothingFor({ verificationMaterial: { content } }: SignedBundle, accounts: Accounts, roots: Trust['roots']): string | undefined {
  if (content.$case === 'publicKey') {
    return robotsOf(accounts).some(({ key }) => hintOf(key) === content.publicKey.hint) ? undefined : 'its key is no account\'s, so that nobody can say whose it is';
  }
  if ('none' in roots) return 'the keys of Sigstore\'s authorities were not to be had';
  if (content.$case !== 'certificate' || roots.some((root) => certifiedBy(content.certificate.rawBytes, root))) return undefined;
  return 'no authority of the trusted roots that were there certified its signer';
}

/** A trusted root that is fetched once for all; where it cannot be had, the reason. */
export async function rootsFrom(fetch: () => Promise<TrustedRoot>): Promise<Trust['roots']> {
  try {
    return [await fetch()];
  } catch (error) {
    if (error instanceof ConformanceError && error.code === 'NO_TRUSTED_ROOT') return { none: error.message };
    throw error;
  }
}
