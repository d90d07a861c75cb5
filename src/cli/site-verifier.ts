import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assetsFolder, cacheFolder, resolvePath } from '../door/paths.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { SiteOptions } from '../site/index.ts';
import type { Terminal } from './terminal.ts';

export interface VerifierFlags {
  accounts?: string;
  trustedRoot?: string;
}

/** What bundles are checked by when pages are built: the list of accounts, and the keys of Sigstore, given or fetched. */
export async function siteVerifier({ accounts: list, trustedRoot }: VerifierFlags, terminal: Terminal): Promise<NonNullable<SiteOptions['verifier']>> {
  const { checkProvenance, fetchTrustedRoot, loadAccounts, readTrustedRoots, rootsFrom } = await import('../attest/index.ts');
  const accounts = await loadAccounts(list === undefined ? join(assetsFolder(), 'accounts/accounts.yaml') : resolvePath(list, terminal));
  const roots = trustedRoot === undefined
    ? await rootsFrom(() => fetchTrustedRoot({ cache: cacheFolder(terminal.environment, terminal.home), timeoutMs: 5000 }))
    : await readTrustedRoots(await given(resolvePath(trustedRoot, terminal)), '--trusted-root');
  if ('none' in roots) terminal.tell(`! warning: signatures of workflows are shown as not checked. ${roots.none}`);
  return {
    policy: createHash('sha256').update(JSON.stringify([accounts, 'none' in roots ? 'none' : roots])).digest('hex'),
    verify: async (report, bundle) => {
      const checked = await checkProvenance(report, bundle, { accounts, roots });
      if (checked.state === 'broken') throw new Error(checked.reason);
      if (checked.state === 'unchecked') return { unchecked: checked.why };
      const { signer, issuer, account } = checked;
      return { signer, account, ...(issuer !== undefined && { issuer }) };
    },
  };
}

async function given(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new ConformanceError('BAD_INPUT', `--trusted-root ${path} cannot be read: ${messageOf(error)}. Name a file that is there.`, { cause: error });
  }
}
