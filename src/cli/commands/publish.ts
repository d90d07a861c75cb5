import { join } from 'node:path';
import { resolvePath } from '../../door/paths.ts';
import { bytesOf } from '../../door/read-report.ts';
import { abortOnSignals } from '../../door/signals.ts';
import type { AddCommand, Setting } from '../program.ts';
import { readIfThere } from '../read-if-there.ts';

/** `publish DIR`: adds a result to a results branch. */
export const addPublish: AddCommand = (program, setting, end) => {
  program
    .command('publish')
    .description('add the report of an earlier run to a results branch')
    .argument('<DIR>', 'the folder that the run wrote')
    .requiredOption('--remote <URL>', 'the repository, as git push takes it; git finds the credentials')
    .option('--branch <BRANCH>', 'the results branch (default: smi-conformance)')
    .addHelpText('after', '\nExit status: 0 it is in the branch, 2 bad input, 3 it was not published: the message says why.')
    .action(async (directory: string, options: { remote: string; branch?: string }) => end(await add(directory, options, setting)));
};

async function add(directory: string, { remote, branch }: { remote: string; branch?: string }, { terminal, process }: Setting): Promise<number> {
  const [{ bundleFile, reportName }, { publish }] = await Promise.all([import('../../attest/index.ts'), import('../../publish/index.ts')]);
  const folder = resolvePath(directory, terminal);
  const bundle = await readIfThere(join(folder, bundleFile));
  const stopping = abortOnSignals(process, (status) => process.exit(status));
  try {
    const { path, commit, added } = await publish({
      remote, report: await bytesOf(join(folder, reportName)), ...(branch !== undefined && { branch }), ...(bundle && { bundle }),
      environment: terminal.environment, signal: stopping.signal, log: terminal.tell,
    });
    if (bundle === undefined) terminal.tell('The result is unsigned: nobody can tell who made it.');
    terminal.out(`${added ? 'published' : 'already there'}: ${path} (commit ${commit})`);
    return 0;
  } finally {
    stopping.stop();
  }
}
