import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assetsFolder, cacheFolder, resolvePath } from '../door/paths.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { PlainTrust, SiteOptions } from '../site/index.ts';
import type { Terminal } from './terminal.ts';

export interface VerifierFlags {
  accounts?: string;
  trustedRoot?: string;
}

/** What bundles are checked by when pages are built: the list of accounts, and the keys of Sigstore, given or fetched. */
export async function siteVerifier({ accounts: list, trustedRoot }: VerifierFlags, terminal: Terminal): Promise<NonNullable<SiteOptions['verifier']>> {
  const [{ fetchTrustedRoot, loadAccounts, readTrustedRoots, rootsFrom, trustedRootLines }, { verifierOf }] = await Promise.all([import('../attest/index.ts'), import('../site/index.ts')]);
  const accounts = await loadAccounts(list === undefined ? join(assetsFolder(), 'accounts/accounts.yaml') : resolvePath(list, terminal));
  const roots = trustedRoot === undefined
    ? await rootsFrom(() => fetchTrustedRoot({ cache: cacheFolder(terminal.environment, terminal.home), timeoutMs: 5000 }))
    : await readTrustedRoots(await given(resolvePath(trustedRoot, terminal)), '--trusted-root');
  if ('none' in roots) terminal.tell(`! warning: signatures of workflows are shown as not checked. ${roots.none}`);
  const trust: PlainTrust = { accounts, roots: 'none' in roots ? roots : await trustedRootLines(roots) };
  return { policy: createHash('sha256').update(JSON.stringify(trust)).digest('hex'), verify: await verifierOf(trust), trust };
}

async function given(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new ConformanceError('BAD_INPUT', `--trusted-root ${path} cannot be read: ${messageOf(error)}. Name a file that is there.`, { cause: error });
  }
}
