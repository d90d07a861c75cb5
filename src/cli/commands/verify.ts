import { resolvePath } from '../../door/paths.ts';
import type { AddCommand } from '../program.ts';
import { readReport } from '../read-report.ts';

/** `verify FILE`: recomputes what a report derives from its assertions. */
export const addVerify: AddCommand = (program, { terminal }, end) => {
  program
    .command('verify')
    .description('recompute the figures of a report from its assertions')
    .argument('<FILE>', 'its report.json')
    .addHelpText('after', '\nExit status: 0 the figures agree, 1 they do not. Reports are not signed yet: who made one cannot be verified.')
    .action(async (file: string) => {
      const { recompute } = await import('../../report/index.ts');
      const report = await readReport(resolvePath(file, terminal));
      const differences = recompute(report);
      for (const { where, stated, derived } of differences) terminal.out(`${where}: the report says ${shown(stated)}, its assertions give ${shown(derived)}`);
      terminal.out(differences.length === 0 ? 'figures: agree with the assertions' : `figures: ${differences.length} do not follow from the assertions`);
      terminal.out('signature: unsigned (signing comes in a later release)');
      end(differences.length === 0 ? 0 : 1);
    });
};

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
