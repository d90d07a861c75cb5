import type { Command } from 'commander';
import { join } from 'node:path';
import { assetsFolder, resolvePath } from '../../door/paths.ts';
import { abortOnSignals } from '../../door/signals.ts';
import { differenceText } from '../difference-text.ts';
import { type Format, formatOption, render } from '../formats.ts';
import type { AddCommand, Setting } from '../program.ts';
import { siteVerifier, type VerifierFlags } from '../site-verifier.ts';

/** `report FILE` renders the report of an earlier run again; `report difference` compares two, `report merge` makes one of the parts of a run, `report site` makes pages of many. */
export const addReport: AddCommand = (program, setting, end) => {
  const { terminal } = setting;
  const report = program
    .command('report')
    .description('show the report of an earlier run; compare two; merge the parts of one; make pages of many')
    .argument('<FILE>', 'its report.json')
    .addOption(formatOption())
    .action(async (file: string, { format }: { format: Format }) => {
      const { readReport } = await import('../../door/read-report.ts');
      terminal.out(await render(await readReport(resolvePath(file, terminal)), format, terminal));
    });
  addDifference(report, setting, end);
  addMerge(report, setting, end);
  addSite(report, setting, end);
};

function addDifference(report: Command, { terminal }: Setting, end: (status: number) => void): void {
  report
    .command('difference')
    .description('compare two reports, result by result')
    .argument('<BEFORE>', 'the earlier report.json')
    .argument('<AFTER>', 'the later one')
    .option('--json', 'as JSON, for programs')
    .addHelpText('after', '\nExit status: 0 no must or should requirement is worse, 1 one is.')
    .action(async (before: string, after: string, { json }: { json?: true }) => {
      const [{ readReport }, { differenceOf, regressionsOf }] = await Promise.all([import('../../door/read-report.ts'), import('../../report/difference.ts')]);
      const [one, other] = [await readReport(resolvePath(before, terminal)), await readReport(resolvePath(after, terminal))];
      if (one.mesh.id !== other.mesh.id) terminal.tell(`! warning: the reports are about two meshes, ${one.mesh.name} and ${other.mesh.name}`);
      const difference = differenceOf(one, other);
      terminal.out(json ? JSON.stringify(difference, undefined, 2) : differenceText(difference));
      end(regressionsOf(one, other).length === 0 ? 0 : 1);
    });
}

function addMerge(report: Command, { terminal }: Setting, end: (status: number) => void): void {
  report
    .command('merge')
    .description('make one report of the reports of all parts of a run (run --shard)')
    .argument('<FILES...>', 'the report.json of each part')
    .requiredOption('--output <FILE>', 'where the report goes')
    .addOption(formatOption())
    .addHelpText('after', '\nExit status: as of a run that was whole: 0, 1 where it failed, 3 where something is missing or could not be judged; 2 where the parts do not belong together.')
    .action(async (files: string[], { output }: { output: string }, command: Command) => {
      const [{ readReport }, { mergeReports, toJson }, { exitStatus }, { writeReport }] = await Promise.all([import('../../door/read-report.ts'), import('../../report/index.ts'), import('../../judge/index.ts'), import('../write-report.ts')]);
      const parts = await Promise.all(files.map(async (name) => ({ name, report: await readReport(resolvePath(name, terminal)) })));
      const merged = mergeReports(parts);
      const path = resolvePath(output, terminal);
      await writeReport(path, toJson(merged));
      // Of a command within another, options that both have go to the outer one.
      terminal.out(await render(merged, command.optsWithGlobals<{ format: Format }>().format, terminal));
      terminal.tell(`report: ${path}`);
      const planned = parts[0]?.report.run.shard?.planned.length ?? 0;
      end(exitStatus({ results: merged.assertions, failOn: merged.failOn, missing: planned - merged.assertions.length }));
    });
}

interface SiteFlags extends VerifierFlags {
  verify: boolean;
  title?: string;
  branch?: string;
  knownFailures?: string;
  sourceUrl?: string;
}

function addSite(report: Command, { terminal, process }: Setting, end: (status: number) => void): void {
  report
    .command('site')
    .description('build the conformance pages, from nothing or from what changed')
    .argument('<RUNS>', 'a checkout of the results branch, or a bare clone of the repository')
    .argument('<OUT>', 'folder of the pages')
    .option('--title <TEXT>', 'title of the pages (default: SMI conformance)')
    .option('--branch <BRANCH>', 'the results branch of a bare clone (default: smi-conformance)')
    .option('--known-failures <FILE>', 'failures that are known, with their bugs')
    .option('--source-url <URL>', 'where the branch can be read: reports are linked there instead of being copied')
    .option('--accounts <FILE>', 'who may publish for which mesh (default: the list of this release)')
    .option('--trusted-root <FILE>', 'what signatures of workflows are checked by (default: fetched from Sigstore, and kept)')
    .option('--no-verify', 'repeat what signatures say of themselves, and check none')
    .action(async (runs: string, out: string, { knownFailures, verify, accounts, trustedRoot, ...flags }: SiteFlags) => {
      const [{ buildSite }, { loadSuite }] = await Promise.all([import('../../site/index.ts'), import('../../suite/index.ts')]);
      const stopping = abortOnSignals(process, (status) => process.exit(status));
      try {
        const { assertions } = await loadSuite(join(assetsFolder(), 'assertions'));
        const known = knownFailures === undefined ? {} : { knownFailures: resolvePath(knownFailures, terminal) };
        const verifier = verify ? { verifier: await siteVerifier({ ...(accounts && { accounts }), ...(trustedRoot && { trustedRoot }) }, terminal) } : {};
        const figures = await buildSite(resolvePath(runs, terminal), resolvePath(out, terminal), { ...flags, ...known, ...verifier, catalogue: assertions, environment: terminal.environment, signal: stopping.signal, log: terminal.tell });
        for (const { path, why } of figures.refused) terminal.tell(`! not shown: ${path}: ${why}`);
        terminal.out(`${figures.runs} runs, ${figures.files} files (${figures.written} written, ${figures.removed} removed), ${figures.bytes} bytes, first view ${figures.firstViewBytes} bytes: ${resolvePath(out, terminal)}`);
        end(0);
      } finally {
        stopping.stop();
      }
    });
}
