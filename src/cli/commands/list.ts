import { join } from 'node:path';
import { assetsFolder } from '../../door/paths.ts';
import type { Assertion } from '../../model/assertion.ts';
import type { AddCommand } from '../program.ts';
import { columns } from '../columns.ts';

/** `list`: the assertions of the suite, or the faults of the reference mesh. */
export const addList: AddCommand = (program, { terminal }) => {
  program
    .command('list')
    .description('list the assertions of the suite')
    .option('--json', 'as JSON, for programs')
    .option('--faults', 'list the wrong behaviours that run --fault can switch on instead')
    .action(async ({ json, faults }: { json?: true; faults?: true }) => {
      const rows = faults ? await faultRows() : await assertionRows();
      terminal.out(json ? JSON.stringify(rows, undefined, 2) : columns(rows.map((row) => Object.values(row).map(String))));
    });
};

async function assertionRows(): Promise<Record<string, string | string[]>[]> {
  const { loadSuite } = await import('../../suite/index.ts');
  const { assertions } = await loadSuite(join(assetsFolder(), 'assertions'));
  return assertions.map(rowOf);
}

function rowOf({ id, title, kind, requirement: { specification, versions, level } }: Assertion): Record<string, string | string[]> {
  return { id, specification, versions, level, kind, title };
}

async function faultRows(): Promise<Record<string, string | string[]>[]> {
  const { faults } = await import('../../reference/faults/index.ts');
  return faults.map(({ name, row, title, kills }) => ({ name, row, title, kills }));
}
