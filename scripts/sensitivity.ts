import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../src/model/errors.ts';
import type { Report } from '../src/model/report.ts';
import { faults } from '../src/reference/faults/index.ts';
import { loadSuite } from '../src/suite/index.ts';
import { eachOf } from './each-of.ts';
import { problemsOf, type Row, textOf } from './sensitivity/matrix.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { jobs: { type: 'string', default: '2' }, only: { type: 'string', multiple: true, default: [] } } });
const suite = await loadSuite(join(root, 'assertions'));
const chosen = faults.filter(({ name }) => values.only.length === 0 || values.only.includes(name));
const kept = join(root, 'results/sensitivity', suite.digest.replace(/^sha256:/, '').slice(0, 12));
await mkdir(kept, { recursive: true });

/** Runs the whole suite against each wrong behaviour, by the program as it was built, and writes the matrix. Rows of an earlier, broken-off run of the same suite are kept. */
const rows: Row[] = [];
const broken: string[] = [];
await eachOf(chosen, Number(values.jobs), async (fault) => {
  try {
    const row = await rowOf(fault.name);
    rows.push(row);
    const problems = problemsOf([row], [fault], { assertions: [] });
    process.stdout.write(`${rows.length}/${chosen.length} ${fault.name}: ${row.failed.length} failed, ${row.inconclusive.length} inconclusive${problems.map((problem) => `\n  ! ${problem}`).join('')}\n`);
  } catch (error) {
    broken.push(messageOf(error));
    process.stdout.write(`${messageOf(error)}\n`);
  }
});

const problems = [...broken, ...problemsOf(rows, chosen, values.only.length === 0 ? suite : { assertions: [] })];
if (broken.length === 0 && values.only.length === 0) await writeFile(join(root, 'docs/sensitivity.md'), textOf(rows, faults, suite));
process.stdout.write(`${problems.length === 0 ? 'No problems' : problems.join('\n')}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function rowOf(fault: string): Promise<Row> {
  const file = join(kept, `${fault}.json`);
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as Row;
  const output = join(kept, fault);
  await run(fault, output);
  const { assertions } = JSON.parse(await readFile(join(output, 'report.json'), 'utf8')) as Report;
  const of = (...verdicts: string[]): string[] => [...new Set(assertions.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id))].toSorted();
  const row = { fault, failed: of('fail'), inconclusive: of('inconclusive'), partial: of('partial'), errors: of('error') };
  await writeFile(file, JSON.stringify(row));
  return row;
}

/** Any status is an answer where there is a report: that tells. Rejects where there is none. */
async function run(fault: string, output: string): Promise<void> {
  await rm(output, { recursive: true, force: true });
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, [join(root, 'dist/cli.js'), 'run', '--cluster', 'embedded', '--mesh', 'reference', '--fault', fault, '--output', output], { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (existsSync(join(output, 'report.json'))) resolve();
      else reject(new Error(`the run with ${fault} made no report: ${stdout}${stderr}`, { cause: error }));
    });
  });
}
