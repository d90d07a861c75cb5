import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { wordsOf } from '../__tests__/robustness/faults.ts';
import { tryReal } from '../__tests__/robustness/real.ts';
import { tryOut } from '../__tests__/robustness/trial.ts';
import { eachOf } from './each-of.ts';
import { type Row, tableOf, withTable } from './robustness/table.ts';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '50' }, from: { type: 'string', default: '1' }, jobs: { type: 'string', default: '2' }, real: { type: 'boolean', default: false } } });
const page = join(import.meta.dirname, '../docs/robustness.md');
const first = Number(values.from);
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => first + index);

/** Lets a run go wrong for each seed, looks at what is left when somebody came after it, and renews the table of docs/robustness.md: of stand-ins, or with `--real` of a real kind, one run at a time. */
const rows: Row[] = [];
await eachOf(seeds, values.real ? 1 : Number(values.jobs), async (seed) => {
  const row = values.real ? await realRow(seed) : await standInRow(seed);
  rows.push(row);
  console.log(`${rows.length}/${values.seeds} seed ${seed}: ${row.what}, ${row.at}: ${row.after.length === 0 ? 'nothing is left' : `LEFT: ${row.after.join(', ')}`}`);
});
const table = tableOf(rows.toSorted((one, other) => one.seed - other.seed));
await writeFile(page, withTable(await readFile(page, 'utf8'), values.real ? 'real' : 'stand-ins', table));
process.exitCode = rows.some(({ after }) => after.length > 0) ? 1 : 0;

async function standInRow(seed: number): Promise<Row> {
  const { where, fault, ended, before, remedy, after, output } = await tryOut(seed);
  if (after.length > 0) console.log(output);
  return { seed, where, ...wordsOf(fault), ended, before: before.length, remedy, after };
}

async function realRow(seed: number): Promise<Row> {
  const { before, output, ...row } = await tryReal(seed);
  if (row.after.length > 0) console.log(output);
  return { ...row, where: 'real kind', before: before.length };
}
