import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Row, tableOf } from './robustness/table.ts';
import { wordsOf } from '../__tests__/robustness/faults.ts';
import { tryOut } from '../__tests__/robustness/trial.ts';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '50' }, from: { type: 'string', default: '1' }, jobs: { type: 'string', default: '2' } } });
const first = Number(values.from);
const waiting = Array.from({ length: Number(values.seeds) }, (_, index) => first + index);

/** Lets a run go wrong for each seed, looks at what is left when somebody came after it, and writes the table of docs/robustness.md. */
const rows: Row[] = [];
await Promise.all(Array.from({ length: Number(values.jobs) }, async () => {
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
    const { where, fault, ended, before, remedy, after, output } = await tryOut(seed);
    rows.push({ seed, where, ...wordsOf(fault), ended, before: before.length, remedy, after });
    console.log(`${rows.length}/${values.seeds} seed ${seed}: ${after.length === 0 ? 'nothing is left' : `LEFT: ${after.join(', ')}\n${output}`}`);
  }
}));
await writeFile(join(import.meta.dirname, '../docs/robustness.md'), tableOf(rows.toSorted((one, other) => one.seed - other.seed)));
process.exitCode = rows.some(({ after }) => after.length > 0) ? 1 : 0;
