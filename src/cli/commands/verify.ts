import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Check } from '../../attest/index.ts';
import { assetsFolder, cacheFolder, resolvePath } from '../../door/paths.ts';
import { bytesOf } from '../../door/read-report.ts';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import { columns } from '../columns.ts';
import type { AddCommand } from '../program.ts';
import { readIfThere } from '../read-if-there.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  bundle?: string;
  key?: string;
  repo?: string;
  workflow?: string;
  trustedRoot?: string;
  accounts?: string;
  assertions?: string;
  unsigned?: true;
}

/** `verify FILE`: who made a report, that nobody changed it, and that its figures follow from its assertions. */
export const addVerify: AddCommand = (program, { terminal }, end) => {
  program
    .command('verify')
    .description('check the signature of a report, who signed it, and its figures')
    .argument('<FILE>', 'its report.json')
    .option('--bundle <FILE>', 'its Sigstore bundle (default: report.sigstore.json beside it)')
    .option('--key <FILE>', 'the public key that must have signed (PEM)')
    .option('--repo <OWNER/NAME>', 'the repository whose workflow must have signed')
    .option('--workflow <FILE>', 'that workflow, such as conformance.yml')
    .option('--trusted-root <FILE>', 'what signatures of workflows are checked by: gh attestation trusted-root > trusted_root.jsonl (default: fetched from Sigstore, and kept)')
    .option('--accounts <FILE>', 'who may publish for which mesh (default: the list of this release)')
    .option('--assertions <DIR>', 'the folder of assertions that were added to the suite')
    .option('--unsigned', 'check the figures only, of a report that nobody signed')
    .addHelpText('after', '\nExit status: 0 every check holds, 1 one does not, 2 bad input, 3 the keys of Sigstore could not be fetched.')
    .action(async (file: string, options: Options) => end(await check(resolvePath(file, terminal), options, terminal)));
};

async function check(file: string, options: Options, terminal: Terminal): Promise<number> {
  const { bundleFile, fetchTrustedRoot, loadAccounts, readPublicKey, readTrustedRoots, verify } = await import('../../attest/index.ts');
  const { loadSuite } = await import('../../suite/index.ts');
  const path = (given: string): string => resolvePath(given, terminal);
  const { key, repo, workflow } = options;
  checkOptions(options);
  const report = await bytesOf(file);
  const suite = await loadSuite(join(assetsFolder(), 'assertions'), options.assertions === undefined ? undefined : path(options.assertions));
  const accounts = options.unsigned ? undefined : (options.accounts ?? join(assetsFolder(), 'accounts/accounts.yaml'));
  const { checks } = await verify({
    report,
    bundle: options.unsigned ? undefined : options.bundle === undefined ? await readIfThere(join(dirname(file), bundleFile)) : await given(path(options.bundle), '--bundle'),
    ...(key !== undefined && { key: readPublicKey((await given(path(key), '--key')).toString('utf8'), '--key') }),
    ...(repo !== undefined && workflow !== undefined && { identity: { repository: repo, workflow } }),
    ...(accounts !== undefined && { accounts: await loadAccounts(path(accounts)) }),
    publicRoot: () => fetchTrustedRoot({ cache: cacheFolder(terminal.environment, terminal.home) }),
    ...(options.trustedRoot !== undefined && { trustedRoots: await readTrustedRoots(await given(path(options.trustedRoot), '--trusted-root'), '--trusted-root') }),
    suiteDigest: suite.digest,
    suiteIds: new Set(suite.assertions.map(({ id }) => id).filter((id) => suite.added?.ids.has(id) !== true)),
    addedDigest: suite.added?.digest,
  });
  const made = options.unsigned ? checks.filter(({ name }) => ofFigures.includes(name)) : checks;
  terminal.out(columns(made.map(({ name, ok, detail }) => [ok ? '✓' : '✗', name, detail])));
  if (options.unsigned) terminal.out('unsigned: who made the report was not checked.');
  return made.every(({ ok }) => ok) ? 0 : 1;
}

/** What can be said of a report without a signature. */
const ofFigures: readonly Check['name'][] = ['report', 'figures', 'catalogue', 'added'];

function checkOptions({ key, repo, workflow, bundle, accounts, trustedRoot, unsigned }: Options): void {
  const bad = (message: string): ConformanceError => new ConformanceError('BAD_INPUT', message);
  if ((repo === undefined) !== (workflow === undefined)) throw bad('--repo and --workflow belong together: a repository has workflows that anybody may start. Give both.');
  if (key !== undefined && repo !== undefined) throw bad('--key and --repo are two signers: give the one that must have signed.');
  if (unsigned && [key, repo, bundle, accounts, trustedRoot].some((one) => one !== undefined)) throw bad('--unsigned looks at no signature, so it stands alone.');
}

async function given(path: string, flag: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new ConformanceError('BAD_INPUT', `${flag} ${path} cannot be read: ${messageOf(error)}. Name a file that is there.`, { cause: error });
  }
}
