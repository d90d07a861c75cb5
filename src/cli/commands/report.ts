import { resolvePath } from '../../door/paths.ts';
import { type Format, formatOption, render } from '../formats.ts';
import type { AddCommand } from '../program.ts';
import { readReport } from '../read-report.ts';

/** `report FILE`: renders the report of an earlier run again. */
export const addReport: AddCommand = (program, { terminal }) => {
  program
    .command('report')
    .description('show the report of an earlier run')
    .argument('<FILE>', 'its report.json')
    .addOption(formatOption())
    .action(async (file: string, { format }: { format: Format }) => {
      terminal.out(await render(await readReport(resolvePath(file, terminal)), format, terminal));
    });
};
