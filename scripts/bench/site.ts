import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Report } from '../../src/model/report.ts';
import { measure } from './process.ts';
import { layoutOf, type SignedRuns, writeSignedRuns } from './signed-runs.ts';

const root = join(import.meta.dirname, '../..');
const limits = { buildMs: 120_000, residentMB: 500, moreMs: 10_000, firstViewBytes: 150_000 };

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    // A real report, of which all runs are made.
    report: { type: 'string', default: 'results/report.json' },
    // Runs are made there, stay there, and are taken from there the next time.
    folder: { type: 'string' },
    program: { type: 'string', default: 'dist/cli.js' },
    // Reports are copied among the pages; where absent they are linked in the branch, as the workflow does.
    copy: { type: 'boolean', default: false },
  },
});

/** Measures how long the pages of many signed runs take, and those of one run more. Ends with 1 where a limit is not kept. */
const folder = flags.folder === undefined ? await mkdtemp(join(tmpdir(), 'smi-bench-site-')) : resolve(flags.folder);
const pages = join(folder, 'pages');
try {
  const signed = await signedRuns();
  const first = await build(signed);
  await cp(signed.later, signed.runs, { recursive: true });
  const more = await build(signed);
  const firstView = (await Promise.all(['index.html', 'site.css', 'site.js'].map((file) => stat(join(pages, file))))).reduce((sum, { size }) => sum + size, 0);
  const rows = [
    [`Pages of ${first.runs} signed runs, from nothing`, `≤ ${limits.buildMs / 1000} s`, `${(first.wallMs / 1000).toFixed(1)} s`, first.wallMs <= limits.buildMs],
    ['Processor time of that', 'for information', `${(first.workedMs / 1000).toFixed(1)} s`, true],
    ['Resident memory of that', `≤ ${limits.residentMB} MB`, `${first.residentMB.toFixed(0)} MB`, first.residentMB <= limits.residentMB],
    ['The same with one run more', `≤ ${limits.moreMs / 1000} s`, `${(more.wallMs / 1000).toFixed(1)} s`, more.wallMs <= limits.moreMs],
    ['Processor time of that', 'for information', `${(more.workedMs / 1000).toFixed(1)} s`, true],
    ['Resident memory of that', `≤ ${limits.residentMB} MB`, `${more.residentMB.toFixed(0)} MB`, more.residentMB <= limits.residentMB],
    ['First view', `< ${limits.firstViewBytes / 1000} kB`, `${(firstView / 1000).toFixed(1)} kB`, firstView < limits.firstViewBytes],
  ] as const;
  console.log(`${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}\n\n| what | limit | measured | |\n|---|---|---|---|`);
  for (const [what, limit, seen, kept] of rows) console.log(`| ${what} | ${limit} | ${seen} | ${kept ? 'kept' : '**not kept**'} |`);
  process.exitCode = rows.every(([, , , kept]) => kept) ? 0 : 1;
} finally {
  if (flags.folder === undefined) await rm(folder, { recursive: true, force: true });
}

/** New ones; or those of an earlier time, without what was added and built then. */
async function signedRuns(): Promise<SignedRuns> {
  const layout = layoutOf(folder);
  await rm(pages, { recursive: true, force: true });
  const made = await readdir(layout.later, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (made === undefined) return writeSignedRuns(folder, JSON.parse(await readFile(resolve(root, flags.report), 'utf8')) as Report, Number(flags.runs));
  for (const entry of made) {
    if (entry.isFile()) await rm(join(layout.runs, relative(layout.later, join(entry.parentPath, entry.name))), { force: true });
  }
  return layout;
}

/** Builds the pages in a process of its own; every signature must have been found to hold. */
async function build({ runs, accounts, trustedRoot }: SignedRuns): Promise<{ wallMs: number; workedMs: number; residentMB: number; runs: number }> {
  const linked = flags.copy ? [] : ['--source-url', 'https://example.com/results/blob/smi-conformance/'];
  const taken = await measure(['--import', join(import.meta.dirname, 'peak.ts'), resolve(root, flags.program), 'report', 'site', runs, pages, '--accounts', accounts, '--trusted-root', trustedRoot, ...linked]);
  const [, peakKiB, workedMs] = /^peak (\d+) worked (\d+)$/m.exec(taken.stderr) ?? [];
  if (taken.status !== 0 || peakKiB === undefined) throw new Error(`the build ended with ${taken.status}: ${taken.stderr}`);
  const { parts, runs: list, refused } = JSON.parse(await readFile(join(pages, 'manifest.json'), 'utf8')) as { parts: { state?: string }[]; runs: unknown[]; refused: unknown[] };
  if (refused.length > 0) throw new Error(`a run is not shown: ${JSON.stringify(refused[0])}`);
  const wrong = parts.find(({ state = 'verified' }) => state !== 'verified');
  if (wrong !== undefined) throw new Error(`a signature was not found to hold: ${JSON.stringify(wrong)}`);
  return { wallMs: taken.wallMs, workedMs: Number(workedMs), residentMB: (Number(peakKiB) * 1024) / 1e6, runs: list.length };
}
