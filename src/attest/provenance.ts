import type { TrustedRoot } from '@sigstore/protobuf-specs';
import { ConformanceError } from '../model/errors.ts';
import type { Accounts } from './accounts.ts';
import { readBundle, type SignedBundle } from './bundle-file.ts';
import { certifiedBy } from './certificate.ts';
import { hintOf, readPublicKey } from './key.ts';
import { verify } from './verify.ts';

/** By what many reports are checked. */
export interface Trust {
  accounts: Accounts;
  /** Given, or fetched. Where there are none: why. */
  roots: readonly TrustedRoot[] | { none: string };
}

/** `unchecked`: there was nothing to check it by, which says nothing against it. */
export type Checked = { state: 'verified'; signer: string; issuer?: string; account: { ok: boolean; detail: string } } | { state: 'unchecked'; why: string } | { state: 'broken'; reason: string };

/** Who made a report, as far as that can be known: of reports that others published, of which many are looked at. */
export async function checkProvenance(report: Uint8Array, bytes: Uint8Array, { accounts, roots }: Trust): Promise<Checked> {
  const read = await readBundle(bytes);
  if ('problem' in read) return { state: 'broken', reason: read.problem };
  const nothing = nothingFor(read.bundle, accounts, roots);
  if (nothing !== undefined) return { state: 'unchecked', why: nothing };
  const { checks, by } = await verify({ report, bundle: bytes, accounts, trustedRoots: 'none' in roots ? [] : roots });
  // A later version may judge an older report otherwise; that is no fault of its signature.
  const wrong = checks.find(({ name, ok }) => !ok && name !== 'account' && name !== 'figures');
  if (wrong !== undefined || by === undefined) return { state: 'broken', reason: wrong === undefined ? 'nobody signed it' : `${wrong.name}: ${wrong.detail}` };
  const { ok = false, detail = '' } = checks.find(({ name }) => name === 'account') ?? {};
  const account = { ok, detail };
  return by.kind === 'key' ? { state: 'verified', signer: by.hint, account } : { state: 'verified', signer: by.identity.subject, issuer: by.identity.issuer, account };
}

/** Why there is nothing that a bundle could be checked by; undefined where there is. */
function nothingFor({ verificationMaterial: { content } }: SignedBundle, accounts: Accounts, roots: Trust['roots']): string | undefined {
  if (content.$case === 'publicKey') {
    const robots = Object.values(accounts.meshes).flatMap(({ robots: list = [] }) => list);
    const known = robots.some(({ name, publicKey }) => hintOf(readPublicKey(publicKey, `the key of ${name}`)) === content.publicKey.hint);
    return known ? undefined : 'its key is no account\'s, so that nobody can say whose it is';
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
